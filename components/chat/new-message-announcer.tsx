"use client";
import { useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import type { UserId } from "@/lib/contract/ids";
import type { Message } from "@/lib/contract/shapes";

const SPOKEN_CHARACTERS = 500;

/**
 * Reads messages of others aloud as they come. The list itself is silent: it draws and drops rows while one scrolls, and
 * all of them would be read.
 */
export function NewMessageAnnouncer({ last, me }: { last: Message | undefined; me: UserId }) {
  const t = useTranslations("chat");
  const known = useRef(last?.seq);
  const [spoken, setSpoken] = useState("");
  useEffect(() => {
    if (last === undefined) return;
    const isNew = known.current !== undefined && last.seq > known.current;
    known.current = Math.max(known.current ?? 0, last.seq);
    if (!isNew || last.sender.id === me || last.deletedAt !== undefined) return;
    setSpoken(t("announcement", { name: last.sender.name, text: last.body.slice(0, SPOKEN_CHARACTERS) }));
  }, [last, me, t]);
  return (
    <p role="status" className="sr-only">
      {spoken}
    </p>
  );
}
