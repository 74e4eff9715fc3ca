"use client";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { newClientId } from "@/lib/client/new-id";
import type { ClientId } from "@/lib/contract/ids";
import { LIMITS } from "@/lib/contract/limits";
import { Button } from "../ui/button";
import { fieldClass } from "../ui/field-class";

export interface InboxReplyProps {
  name: string;
  onCancel: () => void;
  /** Tells whether it was sent; else the text stays, and sending it again has the same id: it may have arrived after all. */
  onSend: (body: string, clientId: ClientId) => Promise<boolean>;
}

/** An answer without leaving the inbox. Enter sends, Escape gives up. */
export function InboxReply({ name, onCancel, onSend }: InboxReplyProps) {
  const t = useTranslations("inbox");
  const chat = useTranslations("chat");
  const common = useTranslations("common");
  const field = useRef<HTMLTextAreaElement>(null);
  const [body, setBody] = useState("");
  const [pending, setPending] = useState(false);
  const tried = useRef<{ body: string; clientId: ClientId }>(undefined);
  useEffect(() => field.current?.focus(), []);
  const canSend = body.trim() !== "" && !pending;
  const send = async () => {
    setPending(true);
    if (tried.current?.body !== body) tried.current = { body, clientId: newClientId() };
    // When it was sent, this goes away with its card.
    if (!(await onSend(body, tried.current.clientId))) setPending(false);
  };
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape") onCancel();
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    if (canSend) void send();
  };
  return (
    <form
      className="flex flex-col gap-2 px-4 pt-3 pb-3.5 ps-16"
      onSubmit={(event) => {
        event.preventDefault();
        if (canSend) void send();
      }}
    >
      <textarea
        ref={field}
        dir="auto"
        rows={2}
        value={body}
        maxLength={LIMITS.bodyCharacters}
        aria-label={chat("writeTo", { name })}
        placeholder={chat("writeTo", { name })}
        onChange={(event) => setBody(event.target.value)}
        onKeyDown={press}
        className={`${fieldClass} resize-none px-3 py-2 text-base sm:text-sm`}
      />
      <div className="flex justify-end gap-2">
        <Button size="sm" variant="ghost" onClick={onCancel}>
          {common("cancel")}
        </Button>
        <Button size="sm" variant="primary" type="submit" pending={pending} disabled={!canSend}>
          {t("send")}
        </Button>
      </div>
    </form>
  );
}
