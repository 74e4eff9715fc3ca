"use client";
import { useCallback, useSyncExternalStore } from "react";
import type { ConversationId, UserId } from "@/lib/contract/ids";

/**
 * What was typed and not sent, by conversation, in this browser only. A private window or a full disk may refuse to keep
 * it; then it lives as long as the page.
 */
const listeners = new Set<() => void>();
const unkept = new Map<string, string>();

const keyOf = (me: UserId, conversation: ConversationId) => `homing.draft.${me}.${conversation}`;

export function readDraft(me: UserId, conversation: ConversationId): string {
  const key = keyOf(me, conversation);
  const inMemory = unkept.get(key);
  if (inMemory !== undefined) return inMemory;
  try {
    return window.localStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
}

export function writeDraft(me: UserId, conversation: ConversationId, text: string): void {
  const key = keyOf(me, conversation);
  try {
    if (text.trim() === "") window.localStorage.removeItem(key);
    else window.localStorage.setItem(key, text);
    unkept.delete(key);
  } catch {
    unkept.set(key, text);
  }
  for (const listener of [...listeners]) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

/** The draft as it is now, also when another tab changes it. */
export function useDraft(me: UserId, conversation: ConversationId): string {
  const get = useCallback(() => readDraft(me, conversation), [me, conversation]);
  return useSyncExternalStore(subscribe, get, () => "");
}
