"use client";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { AuthFrame } from "@/components/auth-frame";
import { AccountForm } from "../account-form";
import { join } from "./actions";

/** `token` is the invitation's; undefined where sign-up is open to all. */
export function JoinForm({ token }: { token: string | undefined }) {
  const t = useTranslations("join");
  const footer = (
    <Link href="/login" className="font-medium text-accent-ink hover:underline">
      {t("haveAccount")}
    </Link>
  );
  return (
    <AuthFrame
      title={t("title")}
      description={token === undefined ? t("openText") : t("text")}
      footer={footer}
    >
      <AccountForm action={join} submit={t("submit")} closed={t("closedText")}>
        {token !== undefined && <input type="hidden" name="token" value={token} />}
      </AccountForm>
    </AuthFrame>
  );
}
