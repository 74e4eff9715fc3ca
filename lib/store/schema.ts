import type { ColumnType, Generated, JSONColumnType } from "kysely";
import type { SessionEndReason } from "@/lib/contract/server-events";
import type { ChangeType, Member, Reaction } from "@/lib/contract/shapes";

type Time = ColumnType<Date, Date | string, Date | string>;
type DefaultTime = ColumnType<Date, Date | string | undefined, Date | string>;
/** `bigint` read as a number: counters stay far below 2^53. */
type Counter = ColumnType<number, number, number>;
type DefaultCounter = ColumnType<number, number | undefined, number>;

export interface Database {
  settings: { key: string; value: ColumnType<unknown, string, string> };
  users: {
    id: string;
    username: string;
    name: string;
    search_name: Generated<string>;
    password_hash: string;
    role: "admin" | "user";
    created_at: DefaultTime;
    disabled_at: Time | null;
    last_seen_at: Time | null;
  };
  sessions: {
    id: string;
    user_id: string;
    created_at: DefaultTime;
    last_seen_at: DefaultTime;
    expires_at: Time;
    ended_at: Time | null;
    end_reason: SessionEndReason | null;
    user_agent: Generated<string>;
    address: Generated<string>;
  };
  api_tokens: {
    id: string;
    user_id: string;
    name: string;
    hash: string;
    created_at: DefaultTime;
    last_used_at: Time | null;
    ended_at: Time | null;
    end_reason: "revoked" | "disabled" | null;
  };
  invites: {
    id: string;
    token_hash: string;
    created_by: string;
    created_at: DefaultTime;
    expires_at: Time;
    max_uses: number;
    uses: Generated<number>;
    revoked_at: Time | null;
  };
  conversations: {
    id: string;
    kind: "direct" | "group";
    title: Generated<string>;
    direct_key: string | null;
    created_by: string;
    client_id: string | null;
    sent_hash: Buffer | null;
    created_at: DefaultTime;
    last_seq: DefaultCounter;
    last_rev: DefaultCounter;
    last_message_at: Time | null;
    member_version: DefaultCounter;
    member_count: number;
  };
  members: {
    conversation_id: string;
    user_id: string;
    role: Member["role"];
    joined_at: DefaultTime;
    read_seq: DefaultCounter;
    delivered_seq: DefaultCounter;
    muted: Generated<boolean>;
  };
  messages: {
    conversation_id: string;
    seq: Counter;
    created_rev: Counter;
    rev: Counter;
    id: string;
    sender_id: string;
    client_id: string;
    body: string;
    sent_hash: Buffer;
    version: Generated<number>;
    created_at: DefaultTime;
    edited_at: Time | null;
    deleted_at: Time | null;
    reply_to: Counter | null;
    reactions: JSONColumnType<Reaction[], string | undefined, string>;
  };
  changes: {
    conversation_id: string;
    rev: Counter;
    type: ChangeType;
    last_seq: Counter;
    seq: Counter | null;
    user_id: string | null;
    state: JSONColumnType<object> | null;
    at: DefaultTime;
  };
}
