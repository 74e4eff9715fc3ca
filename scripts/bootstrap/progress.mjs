/** Says on standard error what takes its time; standard output belongs to the command. */

const EVERY_MS = 10_000;

/** One line about what happens now. */
export function say(sentence) {
  process.stderr.write(`homing: ${sentence}\n`);
}

/** Runs `work`, says so before and after, and every ten seconds in between that it is still at it. */
export async function withProgress(sentence, work) {
  const start = Date.now();
  const seconds = () => Math.round((Date.now() - start) / 1_000);
  say(`${sentence} …`);
  const timer = setInterval(() => say(`… still at it, ${seconds()} s`), EVERY_MS);
  try {
    const result = await work();
    say(`… done, ${seconds()} s`);
    return result;
  } finally {
    clearInterval(timer);
  }
}
