import { readdir, readFile } from "node:fs/promises";

/** The kernel counts CPU time in ticks of 10 ms on every Linux that Node.js runs on. */
const MICROSECONDS_PER_TICK = 10_000;

/** CPU time in microseconds, user and system, that a process has used so far (Linux). */
export async function processCpuMicroseconds(pid: number): Promise<number> {
  return (await readTimes(pid)).own * MICROSECONDS_PER_TICK;
}

/** The same of a process with its children, those included that have ended and were waited for. */
export async function familyCpuMicroseconds(parent: number): Promise<number> {
  const { own, ended } = await readTimes(parent);
  let ticks = own + ended;
  for (const name of await readdir("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    // Processes that end while they are read are in what their parent waited for, the next time.
    const times = await readTimes(Number(name)).catch(() => undefined);
    if (times?.parent === parent) ticks += times.own + times.ended;
  }
  return ticks * MICROSECONDS_PER_TICK;
}

interface Times {
  parent: number;
  /** In ticks: of the process itself, and of its children that have ended. */
  own: number;
  ended: number;
}

async function readTimes(pid: number): Promise<Times> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8");
  // The name in parentheses may hold spaces: count the fields after it, of which the first is number 3. Number 4 is the
  // parent; utime, stime, cutime and cstime are numbers 14 to 17.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const number = (field: number) => Number(fields[field - 3]);
  return { parent: number(4), own: number(14) + number(15), ended: number(16) + number(17) };
}
