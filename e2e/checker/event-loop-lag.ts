/** How late this process was at most: what it may hold against itself when it judges times. */
export function watchOwnLag(): { worstMs(): number; stop(): void } {
  const EVERY_MS = 50;
  let worst = 0;
  let expected = performance.now() + EVERY_MS;
  const timer = setInterval(() => {
    const now = performance.now();
    worst = Math.max(worst, now - expected);
    expected = now + EVERY_MS;
  }, EVERY_MS);
  return { worstMs: () => worst, stop: () => clearInterval(timer) };
}
