"use server";
import { cookies } from "next/headers";
import { z } from "zod";
import type { Preference } from "@/components/appearance/preferences";
import { THEME_COOKIE, THEMES } from "@/components/appearance/theme";
import { LANGUAGE_COOKIE, LOCALES } from "@/lib/i18n/locale";
import { chooseTimeZone, TIME_ZONE_COOKIE } from "@/lib/i18n/time-zone";
import { getRuntime } from "@/lib/runtime";

const YEAR_SECONDS = 365 * 24 * 60 * 60;

const preferences = z.union([
  z.object({ language: z.enum(LOCALES) }),
  z.object({ theme: z.enum(THEMES) }),
  z.object({ timeZone: z.string().max(64) }),
]);

function cookieOf(preference: Preference): [name: string, value: string] {
  if ("language" in preference) return [LANGUAGE_COOKIE, preference.language];
  if ("theme" in preference) return [THEME_COOKIE, preference.theme];
  return [TIME_ZONE_COOKIE, chooseTimeZone(preference.timeZone)];
}

/** Keeps a choice in a cookie of this browser; needs no account, and Next draws the page anew with it. */
export async function savePreference(preference: Preference): Promise<void> {
  const [name, value] = cookieOf(preferences.parse(preference));
  (await cookies()).set(name, value, {
    path: "/",
    maxAge: YEAR_SECONDS,
    sameSite: "lax",
    httpOnly: true,
    secure: getRuntime().secureCookies,
  });
}
