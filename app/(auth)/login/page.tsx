import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { z } from "zod";
import { currentActor } from "@/lib/auth/current-actor";
import { returnPath } from "@/lib/domain/return-path";
import { getTranslator } from "@/lib/i18n/request";
import { getRuntime } from "@/lib/runtime";
import { LoginForm } from "./login-form";
import { NotSetUp } from "./not-set-up";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslator("auth"))("signInTitle") };
}

/** Whatever else an address holds is left out of account. */
const query = z.object({
  callbackUrl: z.string().optional().catch(undefined),
  reason: z
    .enum(["signed_out", "revoked", "disabled", "expired", "password_changed"])
    .optional()
    .catch(undefined),
  error: z.enum(["refused", "disabled"]).optional().catch(undefined),
});

export default async function LoginPage({ searchParams }: { searchParams: Promise<unknown> }) {
  const { callbackUrl, reason, error } = query.parse(await searchParams);
  const returnTo = returnPath(callbackUrl);
  if ((await currentActor()) !== undefined) redirect(returnTo);
  const { accounts } = getRuntime().useCases;
  if (!(await accounts.isSetUp())) return <NotSetUp />;
  return (
    <LoginForm
      returnTo={returnTo}
      reason={reason}
      initial={error ?? "fresh"}
      signUpIsOpen={await accounts.joinIsOpen(undefined)}
    />
  );
}
