"use client";
import { type ReactNode, useActionState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { PasswordField } from "@/components/ui/password-field";
import { TextField } from "@/components/ui/text-field";
import { useProblemText } from "../use-problem-text";
import type { AccountFormState } from "./account-form-state";
import { UsernameField } from "./username-field";

export interface AccountFormProps {
  action: (state: AccountFormState, form: FormData) => Promise<AccountFormState>;
  submit: string;
  /** Shown when the link stopped working while the form was filled in. */
  closed: string;
  /** What the action needs beside the fields. */
  children?: ReactNode;
}

/** The fields of a new account. */
export function AccountForm({ action: createAccount, submit, closed, children }: AccountFormProps) {
  const t = useTranslations("auth");
  const problemText = useProblemText();
  const errors = useTranslations("errors");
  const [state, action, pending] = useActionState(createAccount, { username: "", name: "" });
  const textOf = (field: string) => {
    const problem = state.problems?.[field];
    return problem && problemText(field, problem);
  };
  return (
    <form action={action} className="flex flex-col gap-4">
      {state.code !== undefined && (
        <Notice tone="danger">{state.code === "not_found" ? closed : errors(state.code)}</Notice>
      )}
      {children}
      <TextField
        label={t("name")}
        name="name"
        size="lg"
        autoComplete="name"
        required
        maxLength={64}
        hint={t("nameHint")}
        defaultValue={state.name}
        error={textOf("name")}
      />
      <UsernameField
        maxLength={32}
        hint={t("usernameHint")}
        defaultValue={state.username}
        error={textOf("username")}
      />
      <PasswordField
        label={t("password")}
        name="password"
        size="lg"
        autoComplete="new-password"
        required
        minLength={8}
        maxLength={128}
        hint={t("passwordHint")}
        error={textOf("password")}
      />
      <Button type="submit" variant="primary" size="lg" pending={pending}>
        {submit}
      </Button>
    </form>
  );
}
