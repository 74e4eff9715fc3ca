import { describe, expect, it } from "vitest";
import type { PendingMessage } from "@/lib/client/engine";
import { clientId, conversationId, messageId, userId } from "@/lib/contract/ids";
import type { Message } from "@/lib/contract/shapes";
import { type TimelineInput, timelineRows } from "./timeline-rows";

const id = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
const ME = userId.parse(id(1));
const ADA = userId.parse(id(2));
const CONVERSATION = conversationId.parse(id(3));

function message(seq: number, sender: typeof ME, createdAt: string): Message {
  return {
    conversationId: CONVERSATION,
    seq,
    rev: seq,
    id: messageId.parse(id(100 + seq)),
    ...(sender === ME && { clientId: clientId.parse(id(500 + seq)) }),
    sender: { id: sender, username: "somebody", name: "Somebody" },
    body: `message ${seq}`,
    version: 1,
    createdAt,
    reactions: [],
    attachments: [],
  };
}

function input(change: Partial<TimelineInput>): TimelineInput {
  return {
    messages: [],
    pending: [],
    complete: true,
    me: ME,
    timeZone: "UTC",
    unreadAfter: undefined,
    ...change,
  };
}

const pending = (number: number, createdAt: string): PendingMessage => ({
  clientId: clientId.parse(id(500 + number)),
  conversationId: CONVERSATION,
  body: "soon",
  createdAt: Date.parse(createdAt),
  state: "pending",
});

describe("timelineRows", () => {
  it("groups one person's messages within five minutes", () => {
    const rows = timelineRows(
      input({
        messages: [
          message(1, ADA, "2025-03-09T10:00:00Z"),
          message(2, ADA, "2025-03-09T10:04:59Z"),
          message(3, ADA, "2025-03-09T10:09:59Z"),
          message(4, ME, "2025-03-09T10:10:00Z"),
        ],
      }),
    );
    expect(rows.map((row) => [row.startsGroup, row.endsGroup])).toEqual([
      [true, false],
      [false, true],
      [true, true],
      [true, true],
    ]);
  });

  it("separates days by the reader's clock", () => {
    const messages = [message(1, ADA, "2025-03-09T15:59:00Z"), message(2, ADA, "2025-03-09T16:00:00Z")];
    const days = (timeZone: string) =>
      timelineRows(input({ messages, timeZone })).map((row) => row.startsDay);
    expect(days("UTC")).toEqual([true, false]);
    expect(days("Asia/Shanghai")).toEqual([true, true]);
  });

  it("says nothing of the day above a window that does not reach the beginning", () => {
    const rows = timelineRows(
      input({ messages: [message(7, ADA, "2025-03-09T10:00:00Z")], complete: false }),
    );
    expect(rows[0]?.startsDay).toBe(false);
  });

  it("draws the line above the first unread of others, and starts a group there", () => {
    const messages = [
      message(1, ADA, "2025-03-09T10:00:00Z"),
      message(2, ME, "2025-03-09T10:00:01Z"),
      message(3, ADA, "2025-03-09T10:00:02Z"),
      message(4, ADA, "2025-03-09T10:00:03Z"),
    ];
    const rows = timelineRows(input({ messages, unreadAfter: 1 }));
    expect(rows.map((row) => row.startsUnread)).toEqual([false, false, true, false]);
    expect(rows[2]?.startsGroup).toBe(true);
  });

  it("draws no line when the window begins after the first unread", () => {
    const rows = timelineRows(input({ messages: [message(9, ADA, "2025-03-09T10:00:00Z")], unreadAfter: 3 }));
    expect(rows.some((row) => row.startsUnread)).toBe(false);
  });

  it("keeps the key when a pending message has become real", () => {
    const at = "2025-03-09T10:00:00Z";
    const before = timelineRows(input({ pending: [pending(1, at)] }));
    const after = timelineRows(input({ messages: [message(1, ME, at)] }), before);
    expect(after.map((row) => row.key)).toEqual(before.map((row) => row.key));
    expect(after[0]?.kind).toBe("message");
  });

  it("gives the same objects for what did not change", () => {
    const first = message(1, ADA, "2025-03-09T10:00:00Z");
    const second = message(2, ADA, "2025-03-09T11:00:00Z");
    const before = timelineRows(input({ messages: [first, second] }));
    const edited = { ...second, body: "other", version: 2 };
    const after = timelineRows(input({ messages: [first, edited] }), before);
    expect(after[0]).toBe(before[0]);
    expect(after[1]).not.toBe(before[1]);
  });
});
