"use client";
import { useTranslations } from "use-intl";
import { AuthFrame } from "@/components/auth-frame";
import { AccountForm } from "../account-form";
import { setUp } from "./actions";

export function SetupForm({ token }: { token: string }) {
  const t = useTranslations("setup");
  return (
    <AuthFrame title={t("title")} description={t("text")}>
      <AccountForm action={setUp} submit={t("submit")} closed={t("closedText")}>
        <input type="hidden" name="token" value={token} />
      </AccountForm>
    </AuthFrame>
  );
}
