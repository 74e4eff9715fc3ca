"use client";
import { useTransition } from "react";
import { useLocale, useTranslations } from "use-intl";
import { chooseLocale, isLocale, LANGUAGE_NAMES, LOCALES } from "@/lib/i18n/locale";
import { Select } from "../ui/select";
import { useSavePreference } from "./preferences";

/** The language of everything on the page; kept for this browser. */
export function LanguageSelect({ hideLabel = false }: { hideLabel?: boolean }) {
  const t = useTranslations("common");
  // The words are of the language of the times' tag.
  const locale = chooseLocale(undefined, useLocale());
  const save = useSavePreference();
  const [pending, startTransition] = useTransition();
  const choose = (language: string) => {
    if (isLocale(language)) startTransition(() => save({ language }));
  };
  return (
    <Select
      label={t("language")}
      hideLabel={hideLabel}
      value={locale}
      aria-busy={pending || undefined}
      options={LOCALES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
      onChange={(event) => choose(event.target.value)}
    />
  );
}
