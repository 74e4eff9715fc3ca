import type pg from "pg";

/** Whether the database answers within `withinMs`; never rejects. */
export async function databaseAnswers(pool: pg.Pool, withinMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, withinMs, false);
  });
  const answer = pool.query("select 1").then(
    () => true,
    () => false,
  );
  const isThere = await Promise.race([answer, tooLate]);
  clearTimeout(timer);
  return isThere;
}
