"use client";
import { chatPath } from "./chat-path";

/**
 * Shows a conversation without asking the server for a page: the engine has all that it takes, so it works offline too.
 * Next keeps its own router in step with `history`.
 */
export function showConversation(id: string): void {
  if (window.location.pathname === chatPath(id)) return;
  window.history.pushState({ fromList: window.location.pathname === "/chat" }, "", chatPath(id));
}

/** Back to the list: by the browser's own way back when that is where one came from. */
export function showList(): void {
  const state: unknown = window.history.state;
  const fromList =
    typeof state === "object" && state !== null && "fromList" in state && state.fromList === true;
  if (fromList) window.history.back();
  else window.history.replaceState(null, "", "/chat");
}
