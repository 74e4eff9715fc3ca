import { setTimeout as pause } from "node:timers/promises";
import { statementErrorCode } from "../statement-error-code";
import { toStoreError } from "../unavailable";

/**
 * Another node was quicker with the same key, or locks crossed: the statement saw an older state than it waited for,
 * and running it again sees the newer one.
 */
const RACE = /^(23505|40001|40P01)$/;
const LOCK_TIMEOUT = "55P03";
const MOST_ATTEMPTS = 5;
/** As long as an abandoned transaction may keep its locks. */
const NOBODY_WAITS_MS = 10_000;

/** `again`: what the row was judged by changed while the statement waited for locks. `busy`: somebody else holds the lock. */
export interface RowAnswer {
  /** From 1, in the order of the rows that were passed. */
  position: number;
  outcome: string;
}

/** Before locked rows are tried again, once: a commit elsewhere takes a few milliseconds. */
const PAUSE_MS = 5;

/** How a statement meets locked rows. */
type Locked = "wait" | "skip";

/**
 * Runs a statement over rows until each has its answer: again after a race, once more after a broken connection (the
 * rows carry their ids, so that what was committed unseen is recognized), and past the locked rows when some lock does
 * not come free in time.
 *
 * One stuck conversation holds up the others once, not with each retry of its senders: for a while after such a wait
 * nobody waits, and a row that is locked just then is tried a few times.
 */
export class RowRunner {
  #nobodyWaitsUntil = Number.NEGATIVE_INFINITY;

  /** One answer a row, `undefined` where the lock was not to be had; rejects when the statement as a whole fails. */
  async run<Row, Answer extends RowAnswer>(
    rows: readonly Row[],
    execute: (rows: readonly Row[], locked: Locked) => Promise<Answer[]>,
  ): Promise<(Answer | undefined)[]> {
    const answers = new Array<Answer | undefined>(rows.length).fill(undefined);
    let open = rows.map((_, index) => index);
    let broken = 0;
    for (let attempt = 1; open.length > 0 && attempt <= MOST_ATTEMPTS; attempt++) {
      await this.#letGo(attempt);
      try {
        const some = open.flatMap((index) => rows[index] ?? []);
        open = settle(answers, open, await execute(some, this.#locked()));
      } catch (error) {
        const trouble = troubleOf(error);
        if (trouble === "broken") broken++;
        if (trouble === "locked") this.#nobodyWaitsUntil = performance.now() + NOBODY_WAITS_MS;
        if (trouble === "final" || broken > 1 || attempt === MOST_ATTEMPTS) throw error;
      }
    }
    return answers;
  }

  /** Gives who holds the locks a moment, once a run: everybody else in the batch waits as well. */
  async #letGo(attempt: number): Promise<void> {
    if (attempt === 2 && this.#locked() === "skip") await pause(PAUSE_MS);
  }

  #locked(): Locked {
    return performance.now() < this.#nobodyWaitsUntil ? "skip" : "wait";
  }
}

/** Notes the answers of the rows at `indexes`; gives the indexes of those to run again. */
function settle<Answer extends RowAnswer>(
  answers: (Answer | undefined)[],
  indexes: readonly number[],
  found: readonly Answer[],
): number[] {
  const open: number[] = [];
  for (const answer of found) {
    const index = indexes[answer.position - 1];
    if (index === undefined) continue;
    if (answer.outcome === "again" || answer.outcome === "busy") open.push(index);
    else answers[index] = answer;
  }
  return open;
}

/** `final` when trying again would not help. */
function troubleOf(error: unknown): "broken" | "locked" | "race" | "final" {
  const code = statementErrorCode(error);
  if (code === undefined) return "broken";
  if (code === LOCK_TIMEOUT) return "locked";
  return RACE.test(code) ? "race" : "final";
}

/** Whether one row of a batch may be why it failed, rather than the server. */
export function mayBeOneRow(error: unknown): boolean {
  return toStoreError(error) === error;
}
