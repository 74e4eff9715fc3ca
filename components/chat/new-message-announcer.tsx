"use client";
import { useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import type { UserId } from "@/lib/contract/ids";
import type { Message } from "@/lib/contract/shapes";

const SPOKEN_CHARACTERS = 500;

interface NewMessageAnnouncerProps {
  last: Message | undefined;
  /** As they are now. */
  messages: readonly Message[];
  me: UserId;
}

/**
 * Reads messages of others aloud as they come. The list itself is silent: it draws and drops rows while one scrolls, and
 * all of them would be read. What was read stays no longer than the message says so: deleted words must not be found here.
 */
export function NewMessageAnnouncer({ last, messages, me }: NewMessageAnnouncerProps) {
  const t = useTranslations("chat");
  const known = useRef(last?.seq ?? 0);
  const [spoken, setSpoken] = useState<Message>();
  useEffect(() => {
    if (last === undefined) return;
    const isNew = last.seq > known.current;
    known.current = Math.max(known.current, last.seq);
    if (isNew && last.sender.id !== me && last.deletedAt === undefined) setSpoken(last);
  }, [last, me]);
  return (
    <p role="status" className="sr-only">
      {spoken !== undefined &&
        stillSays(spoken, last, messages) &&
        t("announcement", { name: spoken.sender.name, text: spoken.body.slice(0, SPOKEN_CHARACTERS) })}
    </p>
  );
}

/** Whether the message, wherever it is known, has the same words as when it was spoken. */
function stillSays({ seq, body }: Message, last: Message | undefined, messages: readonly Message[]): boolean {
  const inWindow = messages.findLast((message) => message.seq === seq);
  return [last, inWindow].every((copy) => copy?.seq !== seq || copy.body === body);
}
