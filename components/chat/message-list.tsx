"use client";
import { useCallback, useEffect, useMemo, useRef } from "react";
import { useTimeZone, useTranslations } from "use-intl";
import { Virtualizer, type VirtualizerHandle } from "virtua";
import type { Timeline, TimelineState } from "@/lib/client/engine";
import type { Head, Message } from "@/lib/contract/shapes";
import { useEngine, useMe } from "../engine/engine-context";
import { useStore } from "../engine/use-store";
import { keyboardScrollable } from "../ui/keyboard-scrollable";
import { deliveryMarks, deliveryOf } from "./delivery";
import { JumpToLatest } from "./jump-to-latest";
import { ConversationStart, LoadingEdge } from "./message-list-edges";
import { MessageRow } from "./message-row";
import { DaySeparator, UnreadLine } from "./message-separators";
import { moveAmongMessages } from "./move-among-messages";
import { NewMessageAnnouncer } from "./new-message-announcer";
import { PendingRow } from "./pending-row";
import { type TimelineRow, timelineRows } from "./timeline-rows";
import { useAttention } from "./use-attention";
import { useMarkRead } from "./use-mark-read";
import { useMessageActions } from "./use-message-actions";
import { useMessageScroll } from "./use-message-scroll";
import { useTimelineWindow } from "./use-timeline-window";
import { useUnreadLine } from "./use-unread-line";

export interface MessageListProps {
  head: Head;
  timeline: Timeline;
  state: TimelineState;
  editing: Message | undefined;
  /** Counts what was sent from here: the list goes to the end with each. */
  sent: number;
  onEdit: (message: Message) => void;
}

/** The list has an item at either end, so that its own edges are scrolled to like everything else. */
type Item = { kind: "start" } | { kind: "older" } | { kind: "newer" } | { kind: "end" } | TimelineRow;

/** The messages of a conversation: a window on its history that moves as one scrolls and never jumps by itself. */
export function MessageList({ head, timeline, state, editing, sent, onEdit }: MessageListProps) {
  const t = useTranslations("chat");
  const me = useMe();
  const timeZone = useTimeZone() ?? "UTC";
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<VirtualizerHandle>(null);
  const attended = useAttention();
  const isCurrent = useStore(useEngine().conversations).status === "ready";
  const { after: unreadAfter, move: moveLine, foundLate } = useUnreadLine(head, attended, isCurrent);

  const { messages, pending, hasOlder, hasNewer } = state;
  const previous = useRef<readonly TimelineRow[]>([]);
  const wanted = useMemo(() => {
    previous.current = timelineRows(
      { messages, pending, complete: !hasOlder, me: me.id, timeZone, unreadAfter },
      previous.current,
    );
    return previous.current;
  }, [messages, pending, hasOlder, me.id, timeZone, unreadAfter]);
  const { rows, shift, generation } = useTimelineWindow(wanted);
  const items = useMemo<Item[]>(
    () => [{ kind: hasOlder ? "older" : "start" }, ...rows, { kind: hasNewer ? "newer" : "end" }],
    [rows, hasOlder, hasNewer],
  );

  const lastInView = useCallback(() => {
    const handle = list.current;
    if (!handle || handle.viewportSize === 0) return undefined;
    // A message counts as seen when its first line is in view.
    const edge = handle.scrollOffset + handle.viewportSize - 24;
    for (let index = handle.findItemIndex(edge); index > 0; index--) {
      const item = items[index];
      if (item?.kind === "message" && handle.getItemOffset(index) <= edge) return item.message.seq;
    }
    return undefined;
  }, [items]);
  const { look, suspend, resume } = useMarkRead(head, attended, lastInView);

  const lineIndex = rows.findIndex((row) => row.startsUnread);
  const scroll = useMessageScroll({
    scroller,
    list,
    timeline,
    state,
    generation,
    shift,
    foundLate,
    startIndex: lineIndex < 0 ? undefined : lineIndex + 1,
    onLook: look,
  });
  const { toEnd } = scroll;
  const jump = useCallback(() => {
    resume();
    toEnd();
  }, [resume, toEnd]);
  const followed = useRef(sent);
  useEffect(() => {
    if (followed.current === sent) return;
    followed.current = sent;
    jump();
  }, [sent, jump]);

  const onMarkedUnread = useCallback(
    (message: Message) => {
      suspend();
      moveLine(message.seq - 1);
    },
    [suspend, moveLine],
  );
  const { actions, overlays } = useMessageActions({ onEdit, onMarkedUnread });
  const marks = useMemo(() => deliveryMarks(head, me.id), [head, me.id]);
  const named = head.kind === "group";

  const draw = (item: Item) => {
    if (item.kind === "older" || item.kind === "newer") return <LoadingEdge key={item.kind} />;
    if (item.kind === "end") return <div key="end" className="h-4" />;
    if (item.kind === "start") return <ConversationStart key="start" head={head} />;
    return (
      <div key={item.key}>
        {item.startsDay && <DaySeparator at={item.at} />}
        {item.startsUnread && <UnreadLine />}
        {item.kind === "pending" ? (
          <PendingRow row={item} />
        ) : (
          <MessageRow
            row={item}
            named={named}
            delivery={item.own ? deliveryOf(item.message.seq, marks) : undefined}
            editing={editing?.id === item.message.id}
            actions={actions}
          />
        )}
      </div>
    );
  };

  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <div
        ref={scroller}
        role="log"
        aria-live="off"
        aria-label={t("messages")}
        aria-description={t("messagesHelp")}
        {...keyboardScrollable}
        onKeyDown={(event) => {
          scroll.onHold();
          moveAmongMessages(event);
        }}
        onWheel={() => scroll.onHold("wheel")}
        onTouchMove={() => scroll.onHold()}
        onPointerDown={() => scroll.onHold()}
        onScrollEnd={scroll.onScrollEnd}
        className="flex min-h-0 flex-1 flex-col overflow-y-auto overscroll-contain outline-offset-[-2px] [overflow-anchor:none]"
      >
        <div className="grow" />
        <div className="mx-auto w-full max-w-184 px-4 md:px-6">
          <Virtualizer
            key={generation}
            ref={list}
            scrollRef={scroller}
            data={items}
            shift={shift}
            bufferSize={600}
            onScroll={scroll.onScroll}
            onResize={scroll.onResize}
          >
            {draw}
          </Virtualizer>
        </div>
      </div>
      {!scroll.atEnd && <JumpToLatest unread={head.unread} onJump={jump} />}
      <NewMessageAnnouncer last={head.lastMessage} messages={messages} me={me.id} />
      {overlays}
    </div>
  );
}
