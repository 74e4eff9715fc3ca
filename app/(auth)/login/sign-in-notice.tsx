"use client";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { Notice } from "@/components/ui/notice";
import type { SignInState } from "./sign-in-state";

/** Counts down in whole seconds. */
function useSecondsLeft(milliseconds: number): number {
  const [left, setLeft] = useState(() => Math.ceil(milliseconds / 1_000));
  useEffect(() => {
    const end = performance.now() + milliseconds;
    const timer = setInterval(() => {
      setLeft(Math.max(0, Math.ceil((end - performance.now()) / 1_000)));
    }, 1_000);
    return () => clearInterval(timer);
  }, [milliseconds]);
  return left;
}

function ThrottledNotice({ retryAfterMs }: { retryAfterMs: number }) {
  const t = useTranslations("auth");
  const seconds = useSecondsLeft(retryAfterMs);
  return (
    <Notice tone={seconds > 0 ? "danger" : "info"}>
      {seconds > 0 ? t("throttled", { seconds }) : t("tryAgainNow")}
    </Notice>
  );
}

/** Why an attempt did not sign anybody in. */
export function SignInNotice({ state }: { state: SignInState }) {
  const t = useTranslations("auth");
  const errors = useTranslations("errors");
  switch (state.kind) {
    case "fresh":
      return null;
    case "refused":
      return <Notice tone="danger">{t("refused")}</Notice>;
    case "disabled":
      return <Notice tone="danger">{t("disabled")}</Notice>;
    case "throttled":
      return <ThrottledNotice retryAfterMs={state.retryAfterMs} />;
    case "failed":
      return <Notice tone="danger">{errors(state.code)}</Notice>;
  }
}
