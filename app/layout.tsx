import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { AppProviders } from "@/components/app-providers";
import { chooseTheme, THEME_COOKIE } from "@/components/appearance/theme";
import { catalogueOf } from "@/lib/i18n/catalogue";
import { LANGUAGE_TAGS } from "@/lib/i18n/locale";
import { getTranslator, requestLocale } from "@/lib/i18n/request";
import { savePreference } from "./preference-actions";
import "./globals.css";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslator("common");
  return {
    title: { default: t("appName"), template: `%s · ${t("appName")}` },
    description: t("tagline"),
    applicationName: t("appName"),
    appleWebApp: { title: t("appName"), statusBarStyle: "default" },
    icons: {
      icon: { url: "/icons/homing.svg", type: "image/svg+xml" },
      apple: "/icons/apple-touch-icon.png",
    },
    formatDetection: { telephone: false, email: false, address: false, date: false },
  };
}

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  viewportFit: "cover",
  interactiveWidget: "resizes-content",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#ffffff" },
    { media: "(prefers-color-scheme: dark)", color: "#131417" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [{ locale, format, timeZone }, jar, t] = await Promise.all([
    requestLocale(),
    cookies(),
    getTranslator("common"),
  ]);
  const theme = chooseTheme(jar.get(THEME_COOKIE)?.value);
  return (
    <html lang={LANGUAGE_TAGS[locale]} data-theme={theme === "system" ? undefined : theme}>
      <body>
        <AppProviders
          format={format}
          timeZone={timeZone}
          messages={catalogueOf(locale)}
          savePreference={savePreference}
        >
          <noscript>
            <p className="bg-warning-soft px-4 py-3 text-center text-sm text-warning-ink">
              {t("scriptNeeded")}
            </p>
          </noscript>
          {children}
        </AppProviders>
      </body>
    </html>
  );
}
