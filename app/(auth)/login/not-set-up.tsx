"use client";
import { useTranslations } from "use-intl";
import { AuthFrame } from "@/components/auth-frame";

/** Nobody has an account yet, so nobody can sign in: where the link is that makes the first one. */
export function NotSetUp() {
  const t = useTranslations("setup");
  return (
    <AuthFrame title={t("neededTitle")}>
      <p className="text-sm text-pretty text-muted">{t("neededText")}</p>
    </AuthFrame>
  );
}
