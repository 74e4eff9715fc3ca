"use client";
import { Failed } from "@/components/shell/failed";

/** Without a frame: the frame itself, or a page that has none, failed. */
export default function ErrorPage({ reset }: { error: Error; reset: () => void }) {
  return (
    <main className="grid min-h-dvh">
      <Failed reset={reset} />
    </main>
  );
}
