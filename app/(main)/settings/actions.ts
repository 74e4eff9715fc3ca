"use server";
import { revalidatePath } from "next/cache";
import { cookies } from "next/headers";
import { z } from "zod";
import { sessionId } from "@/lib/contract/ids";
import { LANGUAGE_COOKIE } from "@/lib/i18n/locale";
import type { ActionResult } from "../action-result";
import { runAction } from "../run-action";

/** Long enough to be told that it is too long. */
const MOST_CHARACTERS = 1_000;
const text = z.string().max(MOST_CHARACTERS);
const passwords = z.object({ current: text, next: text });

export async function rename(name: string): Promise<ActionResult> {
  return runAction(async (actor, accounts) => {
    await accounts.rename(actor, text.parse(name));
    // The name stands in the frame of every page.
    revalidatePath("/", "layout");
    return {};
  });
}

/** Takes the form as it is: the development server prints plain arguments of actions. */
export async function changePassword(form: FormData): Promise<ActionResult> {
  return runAction(async (actor, accounts) => {
    await accounts.changePassword(actor, passwords.parse(Object.fromEntries(form)));
    revalidatePath("/settings");
    return {};
  });
}

export async function revokeSession(id: string): Promise<ActionResult> {
  return runAction(async (actor, accounts) => {
    await accounts.revokeSession(actor, sessionId.parse(id));
    revalidatePath("/settings");
    return {};
  });
}

export async function revokeOtherSessions(): Promise<ActionResult<{ sessions: number }>> {
  return runAction(async (actor, accounts) => {
    const revoked = await accounts.revokeOtherSessions(actor);
    revalidatePath("/settings");
    return revoked;
  });
}

/** Forgets the language chosen for this browser; Next draws the page anew in the one that the browser asks for. */
export async function followSystemLanguage(): Promise<void> {
  (await cookies()).delete({ name: LANGUAGE_COOKIE, path: "/" });
}
