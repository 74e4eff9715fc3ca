"use client";
import { createContext, useCallback, useContext } from "react";
import { useTranslations } from "use-intl";
import type { Locale } from "@/lib/i18n/locale";
import { useToast } from "../ui/toast";
import type { Theme } from "./theme";

/** What is kept for this browser, in cookies that the server reads; one at a time. */
export type Preference = { language: Locale } | { theme: Theme } | { timeZone: string };
export type SavePreference = (preference: Preference) => Promise<void>;

export const PreferenceContext = createContext<SavePreference | undefined>(undefined);

/**
 * Keeps a preference; the page is drawn anew with it. When that fails the page stays as it is and a toast says so, since
 * what was chosen is lost with this page.
 */
export function useSavePreference(): SavePreference {
  const save = useContext(PreferenceContext);
  if (save === undefined) throw new Error("useSavePreference needs AppProviders above it");
  const toast = useToast();
  const t = useTranslations("common");
  return useCallback(
    (preference) =>
      save(preference).catch(() => {
        toast({ tone: "danger", text: t("preferenceNotSaved") });
      }),
    [save, toast, t],
  );
}
