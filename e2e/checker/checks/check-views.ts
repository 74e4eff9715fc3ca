import type { Violation } from "../verify-history";
import type { FinalState, FinalView } from "./final-state";

/** I14: what each device made of snapshots and changes is what a fresh snapshot and the history say; I7: nothing is missing. */
export function checkViews(final: FinalState): Violation[] {
  return final.views.flatMap((view) => {
    const where = `${view.device} of ${view.user} in ${view.conversation}`;
    const differences = [...headDifferences(view, final), ...messageDifferences(view, final)];
    return differences.map((detail) => ({ invariant: "I14" as const, detail: `${where} ${detail}` }));
  });
}

function headDifferences(view: FinalView, final: FinalState): string[] {
  return final.heads
    .filter(({ user, conversation }) => user === view.user && conversation === view.conversation)
    .slice(0, 1)
    .flatMap((head) => [
      ...(view.rev === head.lastRev ? [] : [`is at rev ${view.rev}, the snapshot at ${head.lastRev}`]),
      ...(view.unread === head.unread ? [] : [`counts ${view.unread} unread, the snapshot ${head.unread}`]),
      ...(view.readSeq === head.readSeq ? [] : [`has read ${view.readSeq}, the snapshot ${head.readSeq}`]),
    ]);
}

function messageDifferences(view: FinalView, final: FinalState): string[] {
  const reading = final.readings.find(
    ({ user, conversation }) => user === view.user && conversation === view.conversation,
  );
  if (reading === undefined) return [];
  if (reading.messages.length !== view.messages.length) {
    return [`holds ${view.messages.length} messages of ${reading.messages.length}`];
  }
  const other = reading.messages.find((message, index) => {
    const own = view.messages[index];
    return own?.id !== message.id || own.body !== message.body || own.version !== message.version;
  });
  return other === undefined ? [] : [`shows message ${other.seq} otherwise than the history`];
}
