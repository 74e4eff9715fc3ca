"use client";
import { useEffect, useRef, useState } from "react";
import type { Head } from "@/lib/contract/shapes";

export interface UnreadLine {
  /** The line stands after the message of this number; undefined when there is none. */
  after: number | undefined;
  move(after: number): void;
  /** Raised when the line was found late: the list, begun from what was kept here, begins again at it. */
  foundLate: number;
}

/**
 * Where the "new messages" line stands: after what was read when the conversation was opened, and anew after what was read
 * when the reader looked away. It does not move while somebody reads. A page begins with what the browser kept, which may
 * know of nothing unread: until the server has been heard (`isCurrent`), what turns out to be unread counts as well.
 */
export function useUnreadLine(head: Head, attended: boolean, isCurrent: boolean): UnreadLine {
  const [after, setAfter] = useState(head.unread > 0 ? head.readSeq : undefined);
  const [foundLate, setFoundLate] = useState(0);
  const [before, setBefore] = useState({ isCurrent, unread: head.unread });
  if (before.isCurrent !== isCurrent || before.unread !== head.unread) {
    setBefore({ isCurrent, unread: head.unread });
    if (!before.isCurrent && before.unread === 0 && head.unread > 0) {
      setAfter(head.readSeq);
      setFoundLate(foundLate + 1);
    }
  }
  const latest = useRef(head);
  useEffect(() => {
    latest.current = head;
  });
  useEffect(() => {
    if (!attended && latest.current.unread === 0) setAfter(latest.current.lastSeq);
  }, [attended]);
  return { after, move: setAfter, foundLate };
}
