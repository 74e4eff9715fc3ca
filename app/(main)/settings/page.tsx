import type { Metadata } from "next";
import { cookies } from "next/headers";
import { chooseTheme, THEME_COOKIE } from "@/components/appearance/theme";
import { requireActor } from "@/lib/auth/current-actor";
import { isLocale, LANGUAGE_COOKIE } from "@/lib/i18n/locale";
import { getTranslator } from "@/lib/i18n/request";
import { getRuntime } from "@/lib/runtime";
import { SettingsPage } from "./settings-page";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslator("settings"))("title") };
}

export default async function Settings() {
  const actor = await requireActor("/settings");
  const [jar, sessions] = await Promise.all([cookies(), getRuntime().useCases.accounts.listSessions(actor)]);
  const language = jar.get(LANGUAGE_COOKIE)?.value;
  return (
    <SettingsPage
      profile={{ id: actor.id, username: actor.username, name: actor.name }}
      sessions={sessions.map(({ userId: _, ...session }) => session)}
      theme={chooseTheme(jar.get(THEME_COOKIE)?.value)}
      language={isLocale(language) ? language : "system"}
    />
  );
}
