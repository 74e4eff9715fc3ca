import type { Metadata } from "next";
import { z } from "zod";
import { getTranslator } from "@/lib/i18n/request";
import { getRuntime } from "@/lib/runtime";
import { ClosedLink } from "../closed-link";
import { SetupForm } from "./setup-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslator("setup"))("title"), robots: { index: false } };
}

const query = z.object({ token: z.string().max(200).catch("") });

/** The one-time link that is printed at start while there is no account. */
export default async function SetupPage({ searchParams }: { searchParams: Promise<unknown> }) {
  const { token } = query.parse(await searchParams);
  if (await getRuntime().useCases.accounts.setupIsOpen(token)) return <SetupForm token={token} />;
  const t = await getTranslator("setup");
  return <ClosedLink title={t("closedTitle")} text={t("closedText")} />;
}
