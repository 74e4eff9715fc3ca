"use server";
import { revalidatePath } from "next/cache";
import { headers } from "next/headers";
import { z } from "zod";
import { requestSource } from "@/lib/auth/request-source";
import { userId } from "@/lib/contract/ids";
import { getRuntime } from "@/lib/runtime";
import type { ActionResult } from "../../action-result";
import { runAction } from "../../run-action";

const disabling = z.object({ user: userId, disabled: z.boolean() });
const roleChange = z.object({ user: userId, role: z.enum(["admin", "user"]) });
const invitation = z.object({ hours: z.number(), uses: z.number() });

export async function setAccountDisabled(change: z.input<typeof disabling>): Promise<ActionResult> {
  return runAction(async (actor, accounts) => {
    const { user, disabled } = disabling.parse(change);
    await accounts.setAccountDisabled(actor, user, disabled);
    revalidatePath("/admin/people");
    return {};
  });
}

export async function setAccountRole(change: z.input<typeof roleChange>): Promise<ActionResult> {
  return runAction(async (actor, accounts) => {
    const { user, role } = roleChange.parse(change);
    await accounts.setAccountRole(actor, user, role);
    revalidatePath("/admin/people");
    return {};
  });
}

/** The link is shown once: only the digest of its token is kept. */
export async function createInvite(
  invite: z.input<typeof invitation>,
): Promise<ActionResult<{ link: string }>> {
  return runAction(async (actor, accounts) => {
    const { token } = await accounts.createInvite(actor, invitation.parse(invite));
    const { origin } = requestSource(await headers(), getRuntime().secureCookies);
    revalidatePath("/admin/people");
    return { link: `${origin}/join/${token}` };
  });
}

export async function revokeInvite(id: string): Promise<ActionResult> {
  return runAction(async (actor, accounts) => {
    await accounts.revokeInvite(actor, z.guid().parse(id));
    revalidatePath("/admin/people");
    return {};
  });
}

export async function setSignUpOpen(open: boolean): Promise<ActionResult> {
  return runAction(async (actor, accounts) => {
    await accounts.setSignUpOpen(actor, z.boolean().parse(open));
    revalidatePath("/admin/people");
    return {};
  });
}
