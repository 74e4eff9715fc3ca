"use client";
import { Copy, MailOpen, Pencil, Trash2 } from "lucide-react";
import { type ReactNode, useMemo } from "react";
import { useTranslations } from "use-intl";
import type { Message } from "@/lib/contract/shapes";
import { useEngine, useMe } from "../engine/engine-context";
import type { MenuItem } from "../ui/menu-items";
import { useToast } from "../ui/toast";
import { useConfirm } from "../ui/use-confirm";
import { useMenu } from "../ui/use-menu";
import type { MessageActions } from "./message-row";

export interface MessageActionsOptions {
  onEdit: (message: Message) => void;
  onMarkedUnread: (message: Message) => void;
}

/** What can be done with a message, as a menu, and the question before it is deleted. Render `overlays` once. */
export function useMessageActions(options: MessageActionsOptions): {
  actions: MessageActions;
  overlays: ReactNode;
} {
  const { onEdit, onMarkedUnread } = options;
  const t = useTranslations("chat");
  const errors = useTranslations("errors");
  const engine = useEngine();
  const me = useMe();
  const toast = useToast();
  const menu = useMenu();
  const confirm = useConfirm();
  const { open } = menu;
  const { ask } = confirm;

  const actions = useMemo<MessageActions>(() => {
    const copy = (message: Message) => {
      copyText(message.body).then(
        () => toast({ text: t("copied") }),
        () => toast({ tone: "danger", text: t("copyFailed") }),
      );
    };
    const markUnread = async (message: Message) => {
      const answer = await engine.markUnread(message.conversationId, message.seq);
      if (answer.ok) onMarkedUnread(message);
      else toast({ tone: "danger", text: errors(answer.error.code) });
    };
    const remove = async (message: Message) => {
      const answer = await engine.remove(message);
      if (!answer.ok) toast({ tone: "danger", text: errors(answer.error.code) });
    };
    const askToRemove = (message: Message, returnFocus: HTMLElement) =>
      ask({
        title: t("deleteTitle"),
        description: t("deleteText"),
        action: t("delete"),
        danger: true,
        returnFocus,
        onConfirm: () => void remove(message),
      });
    const itemsFor = (message: Message, row: HTMLElement): MenuItem[] => {
      const copyItem = { id: "copy", label: t("copyText"), icon: <Copy />, onSelect: () => copy(message) };
      if (message.sender.id !== me.id)
        return [
          copyItem,
          {
            id: "unread",
            label: t("markUnreadFromHere"),
            icon: <MailOpen />,
            onSelect: () => void markUnread(message),
          },
        ];
      return [
        { id: "edit", label: t("edit"), icon: <Pencil />, onSelect: () => onEdit(message) },
        copyItem,
        {
          id: "delete",
          label: t("delete"),
          icon: <Trash2 />,
          danger: true,
          separator: true,
          onSelect: () => askToRemove(message, row),
        },
      ];
    };
    return {
      edit: onEdit,
      openMenu(message, opener, point) {
        const align = message.sender.id === me.id ? "end" : "start";
        const row = opener.closest<HTMLElement>("article") ?? opener;
        open({ label: t("messageActions"), items: itemsFor(message, row), align }, opener, point);
      },
    };
  }, [engine, me.id, onEdit, onMarkedUnread, open, ask, toast, t, errors]);

  return {
    actions,
    overlays: (
      <>
        {menu.surface}
        {confirm.dialog}
      </>
    ),
  };
}

/** @throws Error where the browser keeps the clipboard from pages, as without https. */
async function copyText(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  throw new Error("This page may not use the clipboard.");
}
