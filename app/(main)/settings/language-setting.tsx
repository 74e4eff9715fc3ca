"use client";
import { useState, useTransition } from "react";
import { useTranslations } from "use-intl";
import { useSavePreference } from "@/components/appearance/preferences";
import { Select } from "@/components/ui/select";
import { useToast } from "@/components/ui/toast";
import { isLocale, LANGUAGE_NAMES, LOCALES, type Locale } from "@/lib/i18n/locale";
import { followSystemLanguage } from "./actions";

/** `system` is what the browser asks for. */
export type LanguageChoice = Locale | "system";

export function LanguageSetting({ initial }: { initial: LanguageChoice }) {
  const t = useTranslations("common");
  const save = useSavePreference();
  const toast = useToast();
  const [choice, setChoice] = useState(initial);
  const [pending, startTransition] = useTransition();
  const choose = (value: string) => {
    setChoice(isLocale(value) ? value : "system");
    startTransition(async () => {
      if (isLocale(value)) return save({ language: value });
      await followSystemLanguage().catch(() => toast({ tone: "danger", text: t("preferenceNotSaved") }));
    });
  };
  return (
    <Select
      label={t("language")}
      value={choice}
      aria-busy={pending || undefined}
      options={[
        { value: "system", label: t("themeSystem") },
        ...LOCALES.map((value) => ({ value, label: LANGUAGE_NAMES[value] })),
      ]}
      onChange={(event) => choose(event.target.value)}
    />
  );
}
