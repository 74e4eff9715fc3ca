import { toStoreError } from "../unavailable";

/**
 * Another node was quicker with the same key, or locks crossed: the statement saw an older state than it waited for,
 * and running it again sees the newer one.
 */
const RACE = /^(23505|40001|40P01)$/;
const LOCK_TIMEOUT = "55P03";
/** PostgreSQL's own codes: whatever carries none came from the connection. */
const SQLSTATE = /^[0-9A-Z]{5}$/;
const MOST_ATTEMPTS = 5;

/** `again`: the row's members changed while the statement waited for the lock. `busy`: somebody else holds the lock. */
export interface RowAnswer {
  /** From 1, in the order of the rows that were passed. */
  position: number;
  outcome: string;
}

/** How a statement is run: past locked rows or waiting for them, and whether the connection broke once already. */
interface Way {
  locked: "wait" | "skip";
  reconnected: boolean;
}

/**
 * Runs a statement over rows until each has its answer: again after a race, once more after a broken connection (the
 * rows carry their ids, so that what was committed unseen is recognized), and past the locked rows when some lock does
 * not come free in time, so that one stuck conversation holds up nobody else.
 *
 * Gives one answer a row, `undefined` where the lock was not to be had; rejects when the statement as a whole fails.
 */
export async function runRows<Row, Answer extends RowAnswer>(
  rows: readonly Row[],
  execute: (rows: readonly Row[], locked: Way["locked"]) => Promise<Answer[]>,
): Promise<(Answer | undefined)[]> {
  const answers = new Array<Answer | undefined>(rows.length).fill(undefined);
  let open = rows.map((_, index) => index);
  let way: Way = { locked: "wait", reconnected: false };
  for (let attempt = 1; open.length > 0 && attempt <= MOST_ATTEMPTS; attempt++) {
    try {
      const some = open.flatMap((index) => rows[index] ?? []);
      open = settle(answers, open, await execute(some, way.locked));
    } catch (error) {
      const next = attempt < MOST_ATTEMPTS ? wayAfter(error, way) : undefined;
      if (next === undefined) throw error;
      way = next;
    }
  }
  return answers;
}

/** Notes the answers of the rows at `indexes`; gives the indexes of those to run again. */
function settle<Answer extends RowAnswer>(
  answers: (Answer | undefined)[],
  indexes: readonly number[],
  found: readonly Answer[],
): number[] {
  const again: number[] = [];
  for (const answer of found) {
    const index = indexes[answer.position - 1];
    if (index === undefined) continue;
    if (answer.outcome === "again") again.push(index);
    else if (answer.outcome !== "busy") answers[index] = answer;
  }
  return again;
}

/** Undefined when trying again would not help. */
function wayAfter(error: unknown, way: Way): Way | undefined {
  const code = codeOf(error);
  if (code === undefined) return way.reconnected ? undefined : { ...way, reconnected: true };
  if (code === LOCK_TIMEOUT) return { ...way, locked: "skip" };
  return RACE.test(code) ? way : undefined;
}

/** Whether one row of a batch may be why it failed, rather than the server. */
export function mayBeOneRow(error: unknown): boolean {
  return toStoreError(error) === error;
}

/** Undefined when the error did not come from PostgreSQL but from the way there. */
function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return undefined;
  return SQLSTATE.test(error.code) ? error.code : undefined;
}
