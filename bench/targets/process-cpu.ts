import { readFile } from "node:fs/promises";

/** The kernel counts CPU time in ticks of 10 ms on every Linux that Node.js runs on. */
const MICROSECONDS_PER_TICK = 10_000;

/** CPU time in microseconds, user and system, that a process has used so far (Linux). */
export async function processCpuMicroseconds(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8");
  // The name in parentheses may hold spaces: count the fields after it. utime and stime are fields 14 and 15.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * MICROSECONDS_PER_TICK;
}
