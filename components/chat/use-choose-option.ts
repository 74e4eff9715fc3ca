"use client";
import { useCallback } from "react";
import { useTranslations } from "use-intl";
import { useEngine, useMe } from "../engine/engine-context";
import { useToast } from "../ui/toast";
import { showConversation } from "./chat-navigation";
import { partnerOf } from "./conversation-name";
import type { SearchOption } from "./search-options";

/** Shows the conversation with whoever was chosen; one that exists also offline. Tells whether that went well. */
export function useChooseOption(): (option: SearchOption) => Promise<boolean> {
  const engine = useEngine();
  const me = useMe();
  const toast = useToast();
  const errors = useTranslations("errors");
  return useCallback(
    async (option) => {
      if (option.kind === "conversation") {
        showConversation(option.head.id);
        return true;
      }
      const { heads } = engine.conversations.get();
      const existing = heads.find((head) => partnerOf(head, me.id)?.id === option.person.id);
      if (existing) {
        showConversation(existing.id);
        return true;
      }
      const answer = await engine.openConversation({ userId: option.person.id });
      if (answer.ok) showConversation(answer.id);
      else toast({ tone: "danger", text: errors(answer.error.code) });
      return answer.ok;
    },
    [engine, me.id, toast, errors],
  );
}
