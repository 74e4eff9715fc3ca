"use client";
import { Failed } from "@/components/shell/failed";

/** Within the frame, so that one can go on to another page. */
export default function ErrorWithinFrame({ reset }: { error: Error; reset: () => void }) {
  return <Failed reset={reset} />;
}
