import type { Backend } from "./backends";

/** A polling client asks again within the server's ping interval and time-out, 35 s together. */
const FORGET_AFTER_MS = 60_000;

/** Which backend holds which long-polling session: each of its requests must reach the one that began it. */
export interface PollingSessions {
  remember(sid: string, backend: Backend): void;
  /** The backend of a session that was used within the last minute. */
  backendOf(sid: string): Backend | undefined;
}

/** `now` in milliseconds on a clock that never goes back. */
export function createPollingSessions(now: () => number = () => performance.now()): PollingSessions {
  // Ordered by last use, because each use puts the entry at the end.
  const sessions = new Map<string, { backend: Backend; usedAt: number }>();

  function use(sid: string, backend: Backend): void {
    sessions.delete(sid);
    sessions.set(sid, { backend, usedAt: now() });
    for (const [oldest, { usedAt }] of sessions) {
      if (now() - usedAt <= FORGET_AFTER_MS) break;
      sessions.delete(oldest);
    }
  }

  return {
    remember: use,
    backendOf(sid) {
      const session = sessions.get(sid);
      if (session === undefined || now() - session.usedAt > FORGET_AFTER_MS) return undefined;
      use(sid, session.backend);
      return session.backend;
    },
  };
}

/** The session that a request belongs to; undefined for one that begins a session, and for all that is not Socket.IO. */
export function sessionOf(url: string | undefined): string | undefined {
  if (!isSocketIo(url)) return undefined;
  return new URL(url, "http://localhost").searchParams.get("sid") ?? undefined;
}

/** Whether a request goes to Socket.IO and not to a page. */
export function isSocketIo(url: string | undefined): url is string {
  return url?.startsWith("/socket.io/") === true;
}

/** The session that an answer to a handshake by long polling has begun: `0{"sid":"…",…}`. */
export function sessionBegunBy(body: string): string | undefined {
  return /^0\{"sid":"([\w-]+)"/.exec(body)?.[1];
}
