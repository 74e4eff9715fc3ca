"use client";
import { type ReactNode, startTransition, useEffect, useState } from "react";
import { IntlProvider } from "use-intl";
import type { Catalogue } from "@/lib/i18n/catalogue";
import { PreferenceContext, type SavePreference } from "./appearance/preferences";
import { DrawnAtContext } from "./format/use-now";
import { ToastProvider } from "./ui/toast";
import { TooltipLayer } from "./ui/tooltip-layer";

export interface AppProvidersProps {
  /** The BCP 47 tag of times and numbers. */
  format: string;
  timeZone: string;
  /** When the server drew this, in milliseconds. */
  drawnAt: number;
  messages: Catalogue;
  savePreference: SavePreference;
  children: ReactNode;
}

/** What every page has around it: words and dates in the reader's language and zone, preferences, tooltips, toasts. */
export function AppProviders(props: AppProvidersProps) {
  const { format, timeZone, drawnAt, messages, savePreference, children } = props;
  const ownTimeZone = useOwnTimeZone(timeZone, savePreference);
  return (
    <IntlProvider locale={format} timeZone={ownTimeZone} messages={messages}>
      <PreferenceContext value={savePreference}>
        <DrawnAtContext value={drawnAt}>
          <ToastProvider>{children}</ToastProvider>
          <TooltipLayer />
        </DrawnAtContext>
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
