"use client";
import { useState, useTransition } from "react";
import { useTranslations } from "use-intl";
import { Select } from "../ui/select";
import { useSavePreference } from "./preferences";
import { chooseTheme, THEMES, type Theme } from "./theme";

function applyTheme(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

/** Light, dark, or like the system; in effect at once and kept for this browser. */
export function ThemeSelect({ initial, hideLabel = false }: { initial: Theme; hideLabel?: boolean }) {
  const t = useTranslations("common");
  const save = useSavePreference();
  const [theme, setTheme] = useState(initial);
  const [, startTransition] = useTransition();
  const labels: Record<Theme, string> = {
    system: t("themeSystem"),
    light: t("themeLight"),
    dark: t("themeDark"),
  };
  const choose = (chosen: Theme) => {
    setTheme(chosen);
    applyTheme(chosen);
    startTransition(() => save({ theme: chosen }));
  };
  return (
    <Select
      label={t("theme")}
      hideLabel={hideLabel}
      value={theme}
      options={THEMES.map((value) => ({ value, label: labels[value] }))}
      onChange={(event) => choose(chooseTheme(event.target.value))}
    />
  );
}
