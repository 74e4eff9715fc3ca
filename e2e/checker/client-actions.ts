import type { Answer, ClientEventName, ClientPayload, ClientResults } from "@/lib/contract/client-events";
import { clientId as parseClient, conversationId as parseConversation } from "@/lib/contract/ids";
import { isRetryable } from "@/lib/contract/retryable";
import type { Device } from "./device";
import { type AnyRequest, type History, viewOf } from "./history";

/** What devices do, each noted in the history with its times and how it ended. */
export class ClientActions {
  readonly #history: History;

  constructor(history: History) {
    this.#history = history;
  }

  /** Undefined: not acknowledged. */
  async send(device: Device, conversation: string, clientId: string, body: string) {
    const { request, result } = await this.#ask(device, conversation, "message:send", {
      conversationId: parseConversation.parse(conversation),
      clientId: parseClient.parse(clientId),
      body,
    });
    const answer = result && { message: viewOf(result.message), duplicate: result.duplicate };
    this.#note({ ...request, kind: "send", clientId, body, ...(answer && { answer }) });
    return answer;
  }

  /** Edits, or deletes when there is no body. */
  async alter(
    device: Device,
    conversation: string,
    seq: number,
    edit: { body: string; version: number } | undefined,
  ) {
    const at = { conversationId: parseConversation.parse(conversation), seq };
    const { request, result } =
      edit === undefined
        ? await this.#ask(device, conversation, "message:delete", at)
        : await this.#ask(device, conversation, "message:edit", { ...at, ...edit });
    const answer = result && { message: viewOf(result.message) };
    this.#note({
      ...request,
      kind: "alter",
      seq,
      ...(edit && { body: edit.body }),
      ...(answer && { answer }),
    });
    return answer;
  }

  async read(device: Device, conversation: string, seq: number, unread = false): Promise<void> {
    const { request, result } = await this.#ask(device, conversation, "read:set", {
      conversationId: parseConversation.parse(conversation),
      seq,
      ...(unread && { unread: true as const }),
    });
    this.#note({
      ...request,
      kind: "read",
      seq,
      unread,
      ...(result && { answer: { readSeq: result.readSeq } }),
    });
  }

  /** One page, backwards from `beforeSeq` or from the end. */
  async page(device: Device, conversation: string, limit: number, beforeSeq: number | undefined) {
    const { request, result } = await this.#ask(device, conversation, "conversation:history", {
      conversationId: parseConversation.parse(conversation),
      limit,
      ...(beforeSeq !== undefined && { beforeSeq }),
    });
    const answer = result && { messages: result.messages.map(viewOf), hasMore: result.hasMore };
    this.#note({
      ...request,
      kind: "history",
      ...(beforeSeq !== undefined && { beforeSeq }),
      ...(answer && { answer }),
    });
    return answer;
  }

  /** A snapshot. */
  async heads(device: Device) {
    const { request, result } = await this.#ask(device, "", "sync", {});
    for (const { id, readSeq, lastSeq, lastRev } of result?.conversations ?? []) {
      this.#note({ ...request, kind: "head", conversation: id, answer: { readSeq, lastSeq, lastRev } });
    }
    return result?.conversations;
  }

  async move(device: Device, conversation: string, member: string, joins: boolean): Promise<void> {
    const { request, result } = await this.#ask(device, conversation, "conversation:update", {
      conversationId: parseConversation.parse(conversation),
      [joins ? "add" : "remove"]: [member],
    });
    const answer = result && { rev: result.conversation.lastRev };
    this.#note({ ...request, kind: "membership", member, joins, ...(answer && { answer }) });
  }

  #note(request: AnyRequest): void {
    this.#history.requests.push(request);
  }

  async #ask<E extends ClientEventName>(
    device: Device,
    conversation: string,
    event: E,
    payload: ClientPayload<E>,
  ) {
    const startedAt = performance.now();
    const { node } = device;
    const answer = await device.call(event, payload);
    const request = {
      user: device.user,
      device: device.name,
      node,
      conversation,
      startedAt,
      endedAt: performance.now(),
      outcome: outcomeOf(answer),
      ...(answer?.ok === false && { code: answer.error.code }),
    };
    return { request, result: answer?.ok === true ? answer : undefined };
  }
}

function outcomeOf<E extends ClientEventName>(answer: Answer<ClientResults[E]> | undefined) {
  if (answer === undefined) return "info" as const;
  if (answer.ok) return "ok" as const;
  return isRetryable(answer.error.code) ? ("info" as const) : ("fail" as const);
}
