import type { ConversationId, MessageId, UserId } from "@/lib/contract/ids";
import { clientId, conversationId, messageId, userId } from "@/lib/contract/ids";
import type { Change, ChangeType, Head, Member, Message, Person } from "@/lib/contract/shapes";

/** What somebody may do to a conversation; `pick` chooses among what is there. */
export type Step =
  | { do: "send"; by: number }
  | { do: "edit" | "delete" | "react"; pick: number }
  | { do: "add" | "remove"; pick: number }
  | { do: "rename"; pick: number };

/** A UUID made from a number, the same every time. */
const uuid = (kind: number, n: number) =>
  `00000000-0000-4000-8${String(kind).padStart(3, "0")}-${String(n).padStart(12, "0")}`;

export const personOf = (n: number): Person => ({
  id: userId.parse(uuid(1, n)),
  username: `user${n}`,
  name: `User ${n}`,
});

const time = (n: number) => new Date(Date.UTC(2030, 0, 1) + n * 1_000).toISOString();

/**
 * The rules of the contract in memory, in the plainest way: what a server knows of one conversation. Tests compare what a
 * client made of its changes with what this says.
 */
export class ConversationModel {
  readonly id: ConversationId = conversationId.parse(uuid(2, 1));
  readonly messages: Message[] = [];
  readonly readSeq = new Map<UserId, number>();
  private readonly log: { rev: number; type: ChangeType; seq?: number; change: Change }[] = [];
  private members: Member[];
  private title = "Title 0";

  constructor(people: number) {
    this.members = Array.from({ length: people }, (_, n) => this.memberOf(n));
  }

  get lastRev(): number {
    return this.log.length;
  }

  /** Does the step where it is possible; gives the change as it is sent out at that moment. */
  take(step: Step): Change | undefined {
    switch (step.do) {
      case "send":
        return this.send(step.by);
      case "edit":
        return this.touch(step.pick, "message.edited", (m) => ({
          body: `${m.body}!`,
          editedAt: time(m.seq),
        }));
      case "react":
        return this.touch(
          step.pick,
          "message.reacted",
          (m) => ({ reactions: [...m.reactions, { emoji: "+", userIds: [] }] }),
          0,
        );
      case "delete":
        return this.touch(step.pick, "message.deleted", () => ({
          body: "",
          deletedAt: time(0),
          reactions: [],
        }));
      case "add":
        return this.add(2 + (step.pick % 6));
      case "remove":
        return this.remove(2 + (step.pick % 6));
      case "rename":
        this.title = `Title ${step.pick}`;
        return this.record("conversation.updated", {});
    }
  }

  head(me: UserId): Head {
    const readSeq = this.readSeq.get(me) ?? 0;
    const counts = (m: Message) => m.seq > readSeq && m.sender.id !== me && m.deletedAt === undefined;
    const last = this.messages.at(-1);
    return {
      id: this.id,
      kind: "group",
      title: this.title,
      members: this.members,
      memberCount: this.members.length,
      lastSeq: this.messages.length,
      lastRev: this.lastRev,
      readSeq,
      unread: this.messages.filter(counts).length,
      muted: false,
      ...(last === undefined ? {} : { lastMessage: last }),
      epoch: "1",
      receipts: [],
    };
  }

  /** `conversation:changes`: the steps that were, with the messages as they are now. */
  changes(afterRev: number, limit = 500): { changes: Change[]; lastRev: number; hasMore: boolean } {
    const page = this.log.slice(afterRev, afterRev + limit).map(({ change, seq }) => {
      const message = seq === undefined ? undefined : this.messages[seq - 1];
      return message === undefined ? change : { ...change, message };
    });
    return { changes: page, lastRev: this.lastRev, hasMore: afterRev + limit < this.lastRev };
  }

  /** `conversation:history`. */
  history(beforeSeq: number | undefined, limit: number): { messages: Message[]; hasMore: boolean } {
    const end = Math.min(this.messages.length, (beforeSeq ?? Number.POSITIVE_INFINITY) - 1);
    const start = Math.max(0, end - limit);
    return { messages: this.messages.slice(start, end), hasMore: start > 0 };
  }

  private send(by: number): Change | undefined {
    const sender = this.members[by % this.members.length];
    if (sender === undefined) return undefined;
    const seq = this.messages.length + 1;
    const { id, username, name } = sender;
    this.messages.push({
      conversationId: this.id,
      seq,
      rev: this.lastRev + 1,
      id: this.newMessageId(seq),
      clientId: clientId.parse(uuid(4, seq)),
      sender: { id, username, name },
      body: `body ${seq}`,
      version: 1,
      createdAt: time(seq),
      reactions: [],
      attachments: [],
    });
    return this.record("message.created", { seq });
  }

  private touch(
    pick: number,
    type: ChangeType,
    next: (message: Message) => Partial<Message>,
    versions = 1,
  ): Change | undefined {
    const living = this.messages.filter(({ deletedAt }) => deletedAt === undefined);
    const message = living[pick % Math.max(1, living.length)];
    if (message === undefined) return undefined;
    this.messages[message.seq - 1] = {
      ...message,
      ...next(message),
      rev: this.lastRev + 1,
      version: message.version + versions,
    };
    return this.record(type, { seq: message.seq });
  }

  private add(n: number): Change | undefined {
    if (this.members.some(({ id }) => id === personOf(n).id)) return undefined;
    const member = this.memberOf(n, time(1_000_000 + this.lastRev));
    this.members = [...this.members, member];
    return this.record("member.added", { member });
  }

  private remove(n: number): Change | undefined {
    const member = this.members.find(({ id }) => id === personOf(n).id);
    if (member === undefined) return undefined;
    this.members = this.members.filter(({ id }) => id !== member.id);
    return this.record("member.removed", { member });
  }

  private record(type: ChangeType, about: { seq?: number; member?: Member }): Change {
    const rev = this.lastRev + 1;
    const message = about.seq === undefined ? undefined : this.messages[about.seq - 1];
    const change: Change = {
      conversationId: this.id,
      rev,
      type,
      ...(message === undefined
        ? { conversation: { id: this.id, title: this.title, memberCount: this.members.length } }
        : { message }),
      ...(about.member === undefined ? {} : { member: about.member }),
      at: time(rev),
    };
    this.log.push({ rev, type, change, ...(about.seq === undefined ? {} : { seq: about.seq }) });
    return change;
  }

  private memberOf(n: number, joinedAt = time(n)): Member {
    return { ...personOf(n), role: "member", joinedAt };
  }

  private newMessageId(n: number): MessageId {
    return messageId.parse(uuid(3, n));
  }
}
