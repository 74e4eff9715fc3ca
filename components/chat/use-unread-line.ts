"use client";
import { useEffect, useRef, useState } from "react";
import type { Head } from "@/lib/contract/shapes";

/**
 * Where the "new messages" line stands: after what was read when the conversation was opened, and anew after what was read
 * when the reader looked away. It does not move while somebody reads.
 */
export function useUnreadLine(
  head: Head,
  attended: boolean,
): [after: number | undefined, move: (after: number) => void] {
  const [after, setAfter] = useState(head.unread > 0 ? head.readSeq : undefined);
  const latest = useRef(head);
  useEffect(() => {
    latest.current = head;
  });
  useEffect(() => {
    if (!attended && latest.current.unread === 0) setAfter(latest.current.lastSeq);
  }, [attended]);
  return [after, setAfter];
}
