import { type Kysely, sql } from "kysely";

/**
 * People, what proves them, conversations, messages.
 *
 * `messages` holds the state of each message and the revision of its creation; `changes` holds only what came after
 * (edits, deletions, members), so that a send writes one row. Both together are the dense sequence of revisions.
 *
 * Times that go out on the wire are kept to the millisecond, as the wire has them: a page that goes on after one must
 * not miss what lies between.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table settings (
      key text primary key,
      value jsonb not null
    );

    create table users (
      id uuid primary key,
      username text not null unique check (username = lower(username)),
      name text not null,
      -- the name as it is searched: folded by the store, so that it does not depend on the database's locale
      search_name text not null default '',
      password_hash text not null,
      role text not null check (role in ('admin', 'user')),
      created_at timestamptz not null default now(),
      disabled_at timestamptz,
      last_seen_at timestamptz
    );

    create table sessions (
      id uuid primary key,
      user_id uuid not null references users on delete cascade,
      created_at timestamptz not null default now(),
      last_seen_at timestamptz not null default now(),
      expires_at timestamptz not null,
      ended_at timestamptz,
      end_reason text check (end_reason in ('signed_out', 'revoked', 'disabled', 'expired', 'password_changed')),
      user_agent text not null default '',
      address text not null default ''
    );
    create index sessions_of_user on sessions (user_id) where ended_at is null;

    create table api_tokens (
      id uuid primary key,
      user_id uuid not null references users on delete cascade,
      name text not null,
      hash text not null unique,
      created_at timestamptz not null default now(),
      last_used_at timestamptz,
      ended_at timestamptz,
      end_reason text check (end_reason in ('revoked', 'disabled'))
    );

    create table invites (
      id uuid primary key,
      token_hash text not null unique,
      created_by uuid not null references users on delete cascade,
      created_at timestamptz not null default now(),
      expires_at timestamptz not null,
      max_uses integer not null check (max_uses > 0),
      uses integer not null default 0 check (uses <= max_uses),
      revoked_at timestamptz
    );

    create table conversations (
      id uuid primary key,
      kind text not null check (kind in ('direct', 'group')),
      title text not null default '',
      -- both ids of a direct conversation, the smaller first: one conversation for two people, whoever asks
      direct_key text unique check ((kind = 'direct') = (direct_key is not null)),
      created_by uuid not null references users,
      client_id uuid,
      created_at timestamptz(3) not null default now(),
      last_seq bigint not null default 0,
      last_rev bigint not null default 0,
      last_message_at timestamptz(3),
      -- raised when members come or go: what a node remembers of the members is valid for one version
      member_version bigint not null default 1,
      member_count integer not null,
      unique (created_by, client_id)
    ) with (fillfactor = 70);

    create table members (
      conversation_id uuid not null references conversations on delete cascade,
      -- whoever is in a conversation cannot be deleted: messages have no foreign key that would keep their sender
      user_id uuid not null references users,
      role text not null check (role in ('owner', 'admin', 'member')),
      joined_at timestamptz(3) not null default now(),
      read_seq bigint not null default 0,
      delivered_seq bigint not null default 0 check (delivered_seq >= read_seq),
      muted boolean not null default false,
      primary key (conversation_id, user_id)
    ) with (fillfactor = 80);
    create index members_of_user on members (user_id);
    create index members_by_joining on members (conversation_id, joined_at, user_id);

    -- Few constraints, since every message pays for each: the statement that inserts it has locked the conversation
    -- and seen the member, so foreign keys would only look again; created_rev grows with seq, so it needs no index
    create table messages (
      conversation_id uuid not null,
      seq bigint not null,
      -- revision of the creation, and of the latest change
      created_rev bigint not null,
      rev bigint not null,
      id uuid not null,
      sender_id uuid not null,
      client_id uuid not null,
      body text not null,
      -- of what was sent, salted with the id: tells a repeat from another message after edits and deletion
      sent_hash bytea not null,
      version integer not null default 1,
      created_at timestamptz(3) not null default now(),
      edited_at timestamptz(3),
      deleted_at timestamptz(3),
      reply_to bigint,
      reactions jsonb not null default '[]',
      -- what counting the unread looks at, so that it reads the index alone
      primary key (conversation_id, seq) include (sender_id, deleted_at),
      unique (sender_id, client_id),
      check (deleted_at is null or body = '')
    );

    create table changes (
      conversation_id uuid not null references conversations on delete cascade,
      rev bigint not null,
      type text not null,
      -- the conversation's last message at that time: the revisions up to the next row here are the messages after it
      last_seq bigint not null,
      seq bigint,
      user_id uuid,
      -- the state after a change of members or of the conversation itself; messages show theirs as it is now
      state jsonb,
      at timestamptz(3) not null default now(),
      primary key (conversation_id, rev)
    );

    insert into settings values
      ('epoch', to_jsonb(gen_random_uuid()::text)),
      ('sign_up_open', 'false');
  `.execute(db);
}
