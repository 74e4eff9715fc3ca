"use client";
import { type ReactNode, startTransition, useEffect, useState } from "react";
import { IntlProvider } from "use-intl";
import type { Catalogue } from "@/lib/i18n/catalogue";
import { PreferenceContext, type SavePreference } from "./appearance/preferences";
import { ToastProvider } from "./ui/toast";
import { TooltipLayer } from "./ui/tooltip-layer";

export interface AppProvidersProps {
  /** The BCP 47 tag of times and numbers. */
  format: string;
  timeZone: string;
  messages: Catalogue;
  savePreference: SavePreference;
  children: ReactNode;
}

/** What every page has around it: words and dates in the reader's language and zone, preferences, tooltips, toasts. */
export function AppProviders({ format, timeZone, messages, savePreference, children }: AppProvidersProps) {
  const ownTimeZone = useOwnTimeZone(timeZone, savePreference);
  return (
    <IntlProvider locale={format} timeZone={ownTimeZone} messages={messages}>
      <PreferenceContext value={savePreference}>
        <ToastProvider>{children}</ToastProvider>
        <TooltipLayer />
      </PreferenceContext>
    </IntlProvider>
  );
}

/** First the server's guess, so that both draw the same; then the browser's own, told to the server for the next page. */
function useOwnTimeZone(guess: string, save: SavePreference): string {
  const [timeZone, setTimeZone] = useState(guess);
  useEffect(() => {
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    setTimeZone(own);
    // When it cannot be told now, the next page's guess is wrong again and this runs again.
    if (own !== guess) startTransition(() => save({ timeZone: own }).catch(() => undefined));
  }, [guess, save]);
  return timeZone;
}
