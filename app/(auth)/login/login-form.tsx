"use client";
import Link from "next/link";
import { useActionState } from "react";
import { useTranslations } from "use-intl";
import { AuthFrame } from "@/components/auth-frame";
import { Button } from "@/components/ui/button";
import { PasswordField } from "@/components/ui/password-field";
import type { SessionEndReason } from "@/lib/contract/server-events";
import { UsernameField } from "../username-field";
import { signIn } from "./actions";
import { EndedNotice } from "./ended-notice";
import { SignInNotice } from "./sign-in-notice";
import type { SignInState } from "./sign-in-state";

export interface LoginFormProps {
  /** Where to go afterwards: a path of this server. */
  returnTo: string;
  /** Why the session before this ended. */
  reason: SessionEndReason | undefined;
  /** What a plain form post was answered. */
  initial: "fresh" | "refused" | "disabled";
  signUpIsOpen: boolean;
}

export function LoginForm({ returnTo, reason, initial, signUpIsOpen }: LoginFormProps) {
  const t = useTranslations("auth");
  const first: SignInState = { kind: initial, username: "" };
  const [state, action, pending] = useActionState(signIn, first);
  const footer = signUpIsOpen ? (
    <Link href="/join" className="font-medium text-accent-ink hover:underline">
      {t("createAccount")}
    </Link>
  ) : (
    t("askForInvitation")
  );
  return (
    <AuthFrame title={t("signInTitle")} footer={footer}>
      <form action={action} className="flex flex-col gap-4">
        {reason !== undefined && state.kind === "fresh" && <EndedNotice reason={reason} />}
        <SignInNotice key={JSON.stringify(state)} state={state} />
        <input type="hidden" name="callbackUrl" value={returnTo} />
        <UsernameField maxLength={64} defaultValue={state.username} />
        <PasswordField
          label={t("password")}
          name="password"
          size="lg"
          autoComplete="current-password"
          required
        />
        <Button type="submit" variant="primary" size="lg" pending={pending}>
          {t("signIn")}
        </Button>
      </form>
    </AuthFrame>
  );
}
