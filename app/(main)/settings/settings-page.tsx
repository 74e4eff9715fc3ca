"use client";
import { useTranslations } from "use-intl";
import type { Theme } from "@/components/appearance/theme";
import { ThemeSelect } from "@/components/appearance/theme-select";
import { Page } from "@/components/ui/page";
import { Section } from "@/components/ui/section";
import type { Person } from "@/lib/contract/shapes";
import { type LanguageChoice, LanguageSetting } from "./language-setting";
import type { ListedSession } from "./listed-session";
import { PasswordForm } from "./password-form";
import { ProfileForm } from "./profile-form";
import { SessionList } from "./session-list";

export interface SettingsPageProps {
  profile: Person;
  sessions: ListedSession[];
  theme: Theme;
  language: LanguageChoice;
}

export function SettingsPage({ profile, sessions, theme, language }: SettingsPageProps) {
  const t = useTranslations("settings");
  return (
    <Page title={t("title")}>
      <Section title={t("profile")}>
        <ProfileForm profile={profile} />
      </Section>
      <Section title={t("appearance")} description={t("appearanceText")}>
        <div className="grid gap-4 p-4 sm:grid-cols-2">
          <ThemeSelect initial={theme} />
          <LanguageSetting initial={language} />
        </div>
      </Section>
      <Section title={t("password")} description={t("passwordText")}>
        <PasswordForm username={profile.username} />
      </Section>
      <SessionList sessions={sessions} />
    </Page>
  );
}
