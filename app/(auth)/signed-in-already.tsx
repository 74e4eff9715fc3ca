"use client";
import { useTranslations } from "use-intl";
import { AuthFrame } from "@/components/auth-frame";
import { LinkButton } from "@/components/ui/link-button";

/** Somebody who has an account opened a link that makes one. */
export function SignedInAlready({ name }: { name: string }) {
  const t = useTranslations("auth");
  return (
    <AuthFrame title={t("signedInTitle")} description={t("signedInText", { name })}>
      <LinkButton href="/chat" variant="primary" size="lg" className="w-full">
        {t("goToChat")}
      </LinkButton>
    </AuthFrame>
  );
}
