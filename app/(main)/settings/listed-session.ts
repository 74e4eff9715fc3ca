import type { SessionId } from "@/lib/contract/ids";

/** A session as its owner sees it. */
export interface ListedSession {
  id: SessionId;
  createdAt: Date;
  lastSeenAt: Date;
  expiresAt: Date;
  userAgent: string;
  address: string;
  /** The one that shows this page. */
  current: boolean;
}
