import { describe, expect, it } from "vitest";
import { RowRunner } from "./run-rows";

const sqlError = (code: string) => Object.assign(new Error(code), { code });
type Outcome = "done" | "again" | "busy";

/** A statement that answers each of its runs as the script says: an outcome a row, or an error. */
function scripted(...script: (Outcome[] | Error)[]) {
  const runs: { rows: readonly string[]; locked: string }[] = [];
  const execute = async (rows: readonly string[], locked: "wait" | "skip") => {
    const answer = script[runs.length];
    runs.push({ rows, locked });
    if (answer instanceof Error) throw answer;
    return rows.map((row, index) => ({ position: index + 1, outcome: answer?.[index] ?? "done", row }));
  };
  return { runs, execute };
}

const rows = ["a", "b", "c"];

describe("RowRunner", () => {
  it("runs again only the rows that ask for it and gives each its own answer", async () => {
    const { runs, execute } = scripted(["done", "again", "again"], ["again"]);
    const answers = await new RowRunner().run(rows, execute);
    expect(answers.map((answer) => answer?.row)).toEqual(rows);
    expect(runs.map((run) => run.rows)).toEqual([rows, ["b", "c"], ["b"]]);
  });

  it("gives up on a row that never comes to an end, and not on the others", async () => {
    const { execute } = scripted(["done", "busy"], ...Array.from({ length: 9 }, (): Outcome[] => ["busy"]));
    const answers = await new RowRunner().run(rows, execute);
    expect(answers.map((answer) => answer?.row)).toEqual(["a", undefined, "c"]);
  });

  it.each(["23505", "40P01", "40001"])("runs all again after the race %s, and not for ever", async (code) => {
    const once = scripted(sqlError(code));
    expect(await new RowRunner().run(rows, once.execute)).toHaveLength(3);
    expect(once.runs).toHaveLength(2);
    const always = scripted(...Array.from({ length: 9 }, () => sqlError(code)));
    await expect(new RowRunner().run(rows, always.execute)).rejects.toThrow(code);
    expect(always.runs).toHaveLength(5);
  });

  it("goes past locked rows after it waited in vain, and does not wait again soon", async () => {
    const runner = new RowRunner();
    const first = scripted(sqlError("55P03"));
    await runner.run(rows, first.execute);
    const second = scripted();
    await runner.run(rows, second.execute);
    expect([...first.runs, ...second.runs].map(({ locked }) => locked)).toEqual(["wait", "skip", "skip"]);
  });

  it.each([new Error("Connection terminated unexpectedly"), sqlError("ECONNRESET"), sqlError("57P01")])(
    "tries once more after %s",
    async (broken) => {
      const once = scripted(broken);
      expect(await new RowRunner().run(rows, once.execute)).toHaveLength(3);
      const twice = scripted(broken, broken);
      await expect(new RowRunner().run(rows, twice.execute)).rejects.toBe(broken);
    },
  );

  it("does not try again what cannot get better", async () => {
    const { runs, execute } = scripted(sqlError("22021"));
    await expect(new RowRunner().run(rows, execute)).rejects.toThrow("22021");
    expect(runs).toHaveLength(1);
  });
});
