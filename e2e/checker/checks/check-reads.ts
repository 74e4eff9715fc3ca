import { type AlterRequest, groupBy, type History, type HistoryRequest, requestsOf } from "../history";
import type { Violation } from "../verify-history";
import { latestBefore, timeline } from "./timeline";

/**
 * What was read while everything went on: what had been acknowledged before a read began is in it, whichever node was
 * asked (I1); a page has no holes (I4); versions only grow, and what was deleted stays so (I10).
 */
export function checkReads(history: History): Violation[] {
  const reads = groupBy(
    requestsOf(history, "history").filter(({ answer }) => answer !== undefined),
    ({ conversation }) => conversation,
  );
  const sends = groupBy(requestsOf(history, "send"), ({ conversation }) => conversation);
  const alterations = groupBy(requestsOf(history, "alter"), ({ conversation }) => conversation);
  return [...reads].flatMap(([conversation, pages]) => {
    const accepted = timeline(
      (sends.get(conversation) ?? []).flatMap(({ endedAt, answer }) =>
        answer === undefined ? [] : [{ at: endedAt, value: answer.message.seq }],
      ),
    );
    return [
      ...pages.flatMap((page) => checkPage(page, latestBefore(accepted, page.startedAt) ?? 0)),
      ...checkVersions(pages, alterations.get(conversation) ?? []),
    ];
  });
}

function checkPage(page: HistoryRequest, accepted: number): Violation[] {
  const where = `${page.conversation} read from ${page.node} by ${page.user}`;
  const messages = page.answer?.messages ?? [];
  const hole = messages.findIndex(
    ({ seq }, index) => index > 0 && seq !== (messages[index - 1]?.seq ?? 0) + 1,
  );
  if (hole >= 0)
    return [{ invariant: "I4", detail: `${where} has a hole before seq ${messages[hole]?.seq}` }];
  const last = messages.at(-1)?.seq ?? 0;
  const due = Math.min(accepted, (page.beforeSeq ?? Number.POSITIVE_INFINITY) - 1);
  if (last < due)
    return [{ invariant: "I1", detail: `${where} ends at ${last}, ${due} was acknowledged before` }];
  return [];
}

interface Sighting {
  seq: number;
  from: number;
  to: number;
  version: number;
  deleted: boolean;
}

/** For each message: whatever was seen by somebody before a read began is a lower bound for what it may show. */
function checkVersions(pages: readonly HistoryRequest[], alterations: readonly AlterRequest[]): Violation[] {
  const sightings = [
    ...pages.flatMap((page) => (page.answer?.messages ?? []).map((message) => sighting(page, message))),
    ...alterations.flatMap((request) =>
      request.answer === undefined ? [] : [sighting(request, request.answer.message)],
    ),
  ];
  return [...groupBy(sightings, ({ seq }) => String(seq)).values()].flatMap((ofOne) => {
    const versions = timeline(ofOne.map(({ to, version }) => ({ at: to, value: version })));
    const deletions = timeline(ofOne.map(({ to, deleted }) => ({ at: to, value: deleted ? 1 : 0 })));
    return ofOne.flatMap(({ seq, from, version, deleted }) => {
      if (!deleted && latestBefore(deletions, from) === 1) {
        return [{ invariant: "I10" as const, detail: `${pages[0]?.conversation} ${seq} came back` }];
      }
      const known = latestBefore(versions, from) ?? 0;
      if (version >= known) return [];
      return [
        {
          invariant: "I10" as const,
          detail: `${pages[0]?.conversation} ${seq} fell from ${known} to ${version}`,
        },
      ];
    });
  });
}

function sighting(
  { startedAt, endedAt }: { startedAt: number; endedAt: number },
  { seq, version, deleted }: { seq: number; version: number; deleted: boolean },
): Sighting {
  return { seq, from: startedAt, to: endedAt, version, deleted };
}
