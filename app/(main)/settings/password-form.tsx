"use client";
import { useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { PasswordField } from "@/components/ui/password-field";
import { useFieldAction } from "../use-field-action";
import { changePassword } from "./actions";

export function PasswordForm({ username }: { username: string }) {
  const t = useTranslations("settings");
  const { submit, pending, formError, errorOf } = useFieldAction(changePassword, t("passwordSaved"));
  return (
    <form action={submit} className="flex flex-col gap-4 p-4">
      {formError && <Notice tone="danger">{formError}</Notice>}
      {/* Tells password managers whose password it is. */}
      <input type="hidden" name="username" autoComplete="username" value={username} readOnly />
      <PasswordField
        label={t("currentPassword")}
        name="current"
        autoComplete="current-password"
        required
        error={errorOf("current")}
      />
      <PasswordField
        label={t("newPassword")}
        name="next"
        autoComplete="new-password"
        required
        minLength={8}
        maxLength={128}
        hint={t("newPasswordHint")}
        error={errorOf("next")}
      />
      <Button type="submit" variant="primary" pending={pending} className="self-start">
        {t("changePassword")}
      </Button>
    </form>
  );
}
