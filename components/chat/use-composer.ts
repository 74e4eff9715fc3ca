"use client";
import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import type { Timeline } from "@/lib/client/engine";
import type { Head, Message } from "@/lib/contract/shapes";
import { useEngine, useMe } from "../engine/engine-context";
import { useToast } from "../ui/toast";
import { readDraft, writeDraft } from "./drafts";

export interface ComposerState {
  field: RefObject<HTMLTextAreaElement | null>;
  value: string;
  editing: Message | undefined;
  /** Counts what was sent from here. */
  sent: number;
  change(value: string): void;
  submit(): void;
  edit(message: Message): void;
  cancelEdit(): void;
  editLast(): void;
}

/** What is being written in one conversation: a new message, kept as a draft, or the edit of one that is there. */
export function useComposer(head: Head, timeline: Timeline): ComposerState {
  const engine = useEngine();
  const me = useMe();
  const toast = useToast();
  const errors = useTranslations("errors");
  const field = useRef<HTMLTextAreaElement>(null);
  const [draft, setDraft] = useState(() => readDraft(me.id, head.id));
  const [edit, setEdit] = useState<{ message: Message; text: string }>();
  const [sent, setSent] = useState(0);

  useEffect(() => {
    if (window.matchMedia("(hover: hover)").matches) field.current?.focus({ preventScroll: true });
  }, []);
  // The cursor goes behind what is edited.
  const editedId = edit?.message.id;
  useEffect(() => {
    const element = field.current;
    if (editedId === undefined || !element) return;
    element.focus();
    element.setSelectionRange(element.value.length, element.value.length);
  }, [editedId]);

  const change = (text: string) => {
    if (edit) return setEdit({ ...edit, text });
    setDraft(text);
    writeDraft(me.id, head.id, text);
  };
  const send = () => {
    engine.send(head.id, draft);
    setDraft("");
    writeDraft(me.id, head.id, "");
    setSent((count) => count + 1);
  };
  const save = async ({ message, text }: { message: Message; text: string }) => {
    setEdit(undefined);
    if (text === message.body) return;
    const answer = await engine.edit(message, text);
    if (answer.ok) return;
    toast({ tone: "danger", text: errors(answer.error.code) });
    // What was written is not to be lost.
    setEdit((now) => now ?? { message, text });
  };
  const begin = useCallback((message: Message) => setEdit({ message, text: message.body }), []);
  const editLast = () => {
    const last = timeline
      .get()
      .messages.findLast((message) => message.sender.id === me.id && message.deletedAt === undefined);
    if (last) begin(last);
  };
  return {
    field,
    value: edit ? edit.text : draft,
    editing: edit?.message,
    sent,
    change,
    submit: () => (edit ? void save(edit) : send()),
    edit: begin,
    cancelEdit: () => setEdit(undefined),
    editLast,
  };
}
