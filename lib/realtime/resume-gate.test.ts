import { describe, expect, it } from "vitest";
import { HomingError } from "@/lib/domain/homing-error";
import type { ConversationUseCases } from "@/lib/usecases/use-cases";
import { admitResumes } from "./resume-gate";

type Sync = ConversationUseCases["sync"];
type Arguments = Parameters<Sync>;

/** What is passed through is nobody's business here. */
const nobody: Arguments = [{} as Arguments[0], {}];

function startMany(count: number, work: () => Promise<void>) {
  let running = 0;
  let most = 0;
  const sync: Sync = async () => {
    running += 1;
    most = Math.max(most, running);
    await work();
    running -= 1;
    throw new HomingError("unavailable", "The database is away.", { retryAfterMs: 1 });
  };
  const admitted = admitResumes(sync, () => 0.5);
  return {
    outcomes: Promise.allSettled(Array.from({ length: count }, () => admitted(...nobody))),
    most: () => most,
  };
}

const waitOf = (outcome: PromiseSettledResult<unknown>) =>
  outcome.status === "rejected" && outcome.reason instanceof HomingError
    ? outcome.reason.retryAfterMs
    : undefined;

describe("admitResumes", () => {
  it("lets a few run at once, the others in their turn, and passes on what they come to", async () => {
    const { outcomes, most } = startMany(100, () => new Promise((resolve) => setImmediate(resolve)));
    expect((await outcomes).map(waitOf)).toEqual(new Array(100).fill(1));
    expect(most()).toBe(6);
  });

  it("sends the rest away for a while when too many wait", async () => {
    let open: () => void = () => undefined;
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    const { outcomes } = startMany(2_106, () => opened);
    open();
    const waits = (await outcomes).map(waitOf);
    expect(waits.filter((wait) => wait === 3_000)).toHaveLength(100);
    expect(waits.filter((wait) => wait === 1)).toHaveLength(2_006);
  });
});
