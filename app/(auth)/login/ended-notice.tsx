"use client";
import { useTranslations } from "use-intl";
import { Notice } from "@/components/ui/notice";
import type { SessionEndReason } from "@/lib/contract/server-events";

/** Why somebody is asked to sign in again. */
export function EndedNotice({ reason }: { reason: SessionEndReason }) {
  const t = useTranslations("sessionEnd");
  switch (reason) {
    case "signed_out":
      return <Notice tone="success">{t("signedOut")}</Notice>;
    case "revoked":
      return <Notice>{t("revoked")}</Notice>;
    case "disabled":
      return <Notice tone="danger">{t("disabled")}</Notice>;
    case "expired":
      return <Notice>{t("expired")}</Notice>;
    case "password_changed":
      return <Notice>{t("passwordChanged")}</Notice>;
  }
}
