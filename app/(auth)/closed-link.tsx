"use client";
import { useTranslations } from "use-intl";
import { AuthFrame } from "@/components/auth-frame";
import { LinkButton } from "@/components/ui/link-button";

/** A link that cannot be used: what that means, what to do, and the way to sign in. */
export function ClosedLink({ title, text }: { title: string; text: string }) {
  const t = useTranslations("auth");
  return (
    <AuthFrame title={title} description={text}>
      <LinkButton href="/login" variant="primary" size="lg" className="w-full">
        {t("goToSignIn")}
      </LinkButton>
    </AuthFrame>
  );
}
