"use client";
import { Ban, Ellipsis, Pencil } from "lucide-react";
import { memo } from "react";
import { useTranslations } from "use-intl";
import type { Message } from "@/lib/contract/shapes";
import { Avatar } from "../ui/avatar";
import { classNames } from "../ui/class-names";
import type { Delivery } from "./delivery";
import { isEmojiOnly } from "./is-emoji-only";
import { MessageMeta } from "./message-meta";
import { MessageText } from "./message-text";
import type { MessageRow as Row } from "./timeline-rows";
import { useLongPress } from "./use-long-press";

/** What can be done with a message; the list knows how. */
export interface MessageActions {
  openMenu(message: Message, opener: HTMLElement, point?: { x: number; y: number }): void;
  edit(message: Message): void;
}

export interface MessageRowProps {
  row: Row;
  /** Undefined for messages of others. */
  delivery: Delivery | undefined;
  /** In a group others are named and pictured. */
  named: boolean;
  editing: boolean;
  actions: MessageActions;
}

/** One message. Its menu opens from the button beside it, by Enter, and by a finger that rests on it. */
export const MessageRow = memo(function MessageRow(props: MessageRowProps) {
  const { row, delivery, named, editing, actions } = props;
  const { message, own } = row;
  const t = useTranslations("chat");
  const deleted = message.deletedAt !== undefined;
  const longPress = useLongPress((element, point) => deleted || actions.openMenu(message, element, point));
  const sender = own ? t("you") : message.sender.name;
  return (
    <article
      tabIndex={-1}
      aria-label={t("messageOf", { name: sender })}
      data-seq={message.seq}
      {...longPress}
      onKeyDown={(event) => {
        if (event.key !== "Enter" || event.target !== event.currentTarget || deleted) return;
        event.preventDefault();
        actions.openMenu(message, event.currentTarget);
      }}
      className={classNames(
        "group flex items-end gap-2 rounded-card outline-offset-2 pointer-coarse:select-none",
        own && "flex-row-reverse",
        row.startsGroup ? "pt-3" : "pt-1",
      )}
    >
      {named && !own && (
        <span className="w-7 shrink-0">
          {row.endsGroup && <Avatar id={message.sender.id} name={message.sender.name} size="sm" />}
        </span>
      )}
      <div className="flex max-w-[min(86%,33rem)] min-w-0 flex-col">
        {named && !own && row.startsGroup && (
          <bdi className="mb-1 truncate ps-3 text-xs font-semibold text-muted">{message.sender.name}</bdi>
        )}
        {deleted ? (
          <Tombstone at={row.at} />
        ) : (
          <Bubble message={message} at={row.at} own={own} delivery={delivery} editing={editing} />
        )}
      </div>
      {!deleted && <HoverActions message={message} own={own} actions={actions} />}
    </article>
  );
});

interface BubbleProps {
  message: Message;
  at: Date;
  own: boolean;
  delivery: Delivery | undefined;
  editing: boolean;
}

function Bubble({ message, at, own, delivery, editing }: BubbleProps) {
  const meta = <MessageMeta at={at} edited={message.editedAt !== undefined} state={delivery} />;
  if (isEmojiOnly(message.body))
    return (
      <div className={classNames("flex flex-col gap-0.5 py-1", own ? "items-end" : "items-start")}>
        <p className="text-3xl">{message.body}</p>
        {meta}
      </div>
    );
  return (
    <div
      className={classNames(
        "rounded-card px-3 py-1.5",
        own ? "bg-accent-soft" : "bg-bubble",
        editing && "inset-ring-2 inset-ring-focus",
      )}
    >
      <p dir="auto" className="flow-root whitespace-pre-wrap wrap-anywhere">
        <MessageText body={message.body} />
        <span className="float-end ms-3 mt-1.5 flex">{meta}</span>
      </p>
    </div>
  );
}

function Tombstone({ at }: { at: Date }) {
  const t = useTranslations("chat");
  return (
    <p className="flex items-center gap-2 rounded-card px-3 py-1.5 text-sm text-muted inset-ring inset-ring-line">
      <Ban aria-hidden="true" className="size-3.5 shrink-0" />
      {t("deletedMessage")}
      <MessageMeta at={at} edited={false} state={undefined} />
    </p>
  );
}

function HoverActions({
  message,
  own,
  actions,
}: {
  message: Message;
  own: boolean;
  actions: MessageActions;
}) {
  const t = useTranslations("chat");
  const look =
    "grid size-7 place-items-center rounded-control text-muted hover:bg-hover hover:text-ink focus-visible:opacity-100";
  return (
    <div className="flex self-center opacity-0 transition-opacity duration-100 group-hover:opacity-100 group-focus-within:opacity-100 group-focus:opacity-100 pointer-coarse:hidden">
      {own && (
        <button
          type="button"
          tabIndex={-1}
          aria-label={t("edit")}
          data-tooltip={t("edit")}
          data-tooltip-side="top"
          className={look}
          onClick={() => actions.edit(message)}
        >
          <Pencil aria-hidden="true" className="size-3.5" />
        </button>
      )}
      <button
        type="button"
        tabIndex={-1}
        aria-haspopup="menu"
        aria-label={t("moreActions")}
        data-tooltip={t("moreActions")}
        data-tooltip-side="top"
        className={look}
        onClick={(event) => actions.openMenu(message, event.currentTarget)}
      >
        <Ellipsis aria-hidden="true" className="size-4" />
      </button>
    </div>
  );
}
