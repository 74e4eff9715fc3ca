import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Batcher, type BatcherOptions } from "./batcher";

/** A batcher whose batches end when the test says so. */
function controlled(options: Partial<BatcherOptions<number, number>> = {}) {
  const batches: { items: readonly number[]; finish(): void; fail(error: Error): void }[] = [];
  const batcher = new Batcher<number, number>({
    run: (items) =>
      new Promise((resolve, reject) => {
        batches.push({ items, finish: () => resolve(items.map((item) => item * 10)), fail: reject });
      }),
    mayBeOneItem: (error) => error instanceof RangeError,
    refusal: () => new Error("too many"),
    mostInBatch: 3,
    mostWaiting: 5,
    gatherMs: 0,
    ...options,
  });
  const finish = async (index: number) => {
    await expect.poll(() => batches.length, { interval: 1 }).toBeGreaterThan(index);
    batches[index]?.finish();
  };
  return { batcher, batches, finish };
}

describe("Batcher", () => {
  it("sends the first at once, gathers the rest, and answers in order", async () => {
    const { batcher, batches, finish } = controlled();
    const order: number[] = [];
    const add = async (item: number) => {
      order.push(await batcher.add(item));
    };
    const first = add(1);
    await Promise.resolve();
    expect(batches.map(({ items }) => items)).toEqual([[1]]);
    const all = [first, ...[2, 3, 4, 5].map(add)];
    await finish(0);
    await finish(1);
    await finish(2);
    await Promise.all(all);
    expect(batches.map(({ items }) => items)).toEqual([[1], [2, 3, 4], [5]]);
    expect(order).toEqual([10, 20, 30, 40, 50]);
  });

  it("refuses what comes when too many wait, and takes more when they are gone", async () => {
    const { batcher, finish } = controlled();
    const taken = [1, 2, 3, 4, 5].map((item) => batcher.add(item));
    await expect(batcher.add(6)).rejects.toThrow("too many");
    await finish(0);
    await finish(1);
    await Promise.all(taken);
    const later = batcher.add(8);
    await finish(2);
    expect(await later).toBe(80);
  });

  it("fails all of a batch when the error is nobody's fault, and goes on", async () => {
    const { batcher, batches, finish } = controlled();
    const together = [2, 3].map((item) => batcher.add(item));
    await expect.poll(() => batches.length).toBe(1);
    batches[0]?.fail(new Error("gone"));
    const settled = await Promise.allSettled(together);
    expect(settled.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    const later = batcher.add(4);
    await finish(1);
    expect(await later).toBe(40);
  });

  it("lets only the bad items fail, whichever they are, and keeps the order of the rest", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { minLength: 1, maxLength: 40 }), async (bad) => {
        const done: number[] = [];
        const batcher = new Batcher<number, number>({
          run: async (items) => {
            if (items.some((item) => bad[item])) throw new RangeError("bad");
            done.push(...items);
            return [...items];
          },
          mayBeOneItem: (error) => error instanceof RangeError,
          refusal: () => new Error("too many"),
          mostInBatch: 16,
          mostWaiting: 100,
          gatherMs: 0,
        });
        const settled = await Promise.allSettled(bad.map((_, item) => batcher.add(item)));
        expect(settled.map(({ status }) => status === "rejected")).toEqual(bad);
        expect(done).toEqual(bad.flatMap((isBad, item) => (isBad ? [] : [item])));
      }),
    );
  });

  it("waits for a batch that is worth it after a big one", async () => {
    const { batcher, batches, finish } = controlled({ gatherMs: 50, mostInBatch: 10, mostWaiting: 20 });
    const many = [1, 2, 3, 4, 5, 6].map((item) => batcher.add(item));
    await finish(0);
    await Promise.all(many);
    const first = batcher.add(7);
    await Promise.resolve();
    const others = [8, 9].map((item) => batcher.add(item));
    await finish(1);
    await Promise.all([first, ...others]);
    expect(batches[1]?.items).toEqual([7, 8, 9]);
  });

  it("finishes what waits when it is closed, and takes nothing more", async () => {
    const { batcher, finish } = controlled();
    const taken = [1, 2].map((item) => batcher.add(item));
    const closed = batcher.close();
    await expect(batcher.add(3)).rejects.toThrow("too many");
    await finish(0);
    await closed;
    expect(await Promise.all(taken)).toEqual([10, 20]);
  });
});
