"use server";
import { z } from "zod";
import type { ActionResult, InboxActions, InboxPage, ReadPosition } from "@/components/inbox/inbox-types";
import { requireActor } from "@/lib/auth/current-actor";
import { clientId, conversationId } from "@/lib/contract/ids";
import { messageBody } from "@/lib/contract/text";
import { isHomingError } from "@/lib/domain/homing-error";
import { getRuntime } from "@/lib/runtime";
import type { Actor } from "@/lib/usecases/actor";
import type { ConversationUseCases } from "@/lib/usecases/use-cases";

const RESTORED_AT_ONCE = 500;

const position = z.object({ conversationId, seq: z.int().min(0) });
const positions = z.array(position).max(RESTORED_AT_ONCE);
const before = z.object({ lastMessageAt: z.iso.datetime(), id: conversationId }).optional();
const answer = z.object({ conversationId, clientId, body: messageBody });

/**
 * Parses what came, asks as the signed-in user, and answers with a value: of a thrown error the browser would learn
 * nothing. What nobody expected is reported and looks like a server that is away.
 */
async function act<P, T extends object>(
  schema: z.ZodType<P>,
  input: unknown,
  run: (conversations: ConversationUseCases, actor: Actor, payload: P) => Promise<T>,
): Promise<ActionResult<T>> {
  const actor = await requireActor("/inbox");
  const parsed = schema.safeParse(input);
  if (!parsed.success)
    return { ok: false, error: { code: "bad_request", message: z.prettifyError(parsed.error) } };
  const { useCases, reportError } = getRuntime();
  try {
    return { ok: true, ...(await run(useCases.conversations, actor, parsed.data)) };
  } catch (error) {
    if (isHomingError(error)) return { ok: false, error: error.toBody() };
    reportError(error, { where: "inbox action" });
    return { ok: false, error: { code: "unavailable", message: "The inbox could not be asked." } };
  }
}

export async function loadInbox(
  from?: Parameters<InboxActions["load"]>[0],
): Promise<ActionResult<{ page: InboxPage }>> {
  return act(before, from, async (conversations, actor, parsed) => ({
    page: await conversations.inbox(actor, parsed === undefined ? {} : { before: parsed }),
  }));
}

export async function markInboxRead(read: ReadPosition): Promise<ActionResult> {
  return act(position, read, (conversations, actor, parsed) => conversations.setRead(actor, parsed));
}

export async function restoreInbox(read: ReadPosition[]): Promise<ActionResult> {
  return act(positions, read, async (conversations, actor, parsed) => {
    for (const each of parsed) await conversations.setRead(actor, { ...each, unread: true });
    return {};
  });
}

export async function markAllInboxRead(): Promise<ActionResult> {
  return act(z.undefined(), undefined, (conversations, actor) => conversations.markAllRead(actor));
}

export async function replyFromInbox(message: Parameters<InboxActions["reply"]>[0]): Promise<ActionResult> {
  return act(answer, message, async (conversations, actor, parsed) => {
    await conversations.sendMessage(actor, parsed);
    return {};
  });
}
