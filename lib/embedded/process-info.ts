import { spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";

/**
 * When the process with this number was born, as a text that no other process ever has on this machine; undefined when
 * there is no such process, or only its remains that nobody has collected. On Windows only whether there is one is known.
 */
export function birthOf(pid: number): string | undefined {
  if (process.platform === "linux") return linuxBirth(pid);
  if (process.platform === "win32") return signalReaches(pid) ? "running" : undefined;
  const [state = "", ...started] = ask("ps", ["-o", "stat=,lstart=", "-p", String(pid)]).split(/\s+/);
  return state === "" || state.startsWith("Z") ? undefined : started.join(" ");
}

/** Whether the process is a PostgreSQL server on this data folder, and not one that has got its number since. */
export function isServerOf(pid: number, cluster: string): boolean {
  if (birthOf(pid) === undefined) return false;
  if (process.platform === "linux") return linuxIsServerOf(pid, cluster);
  if (process.platform === "win32")
    return /^"postgres\.exe"/i.test(ask("tasklist", ["/FI", `PID eq ${pid}`, "/FO", "CSV", "/NH"]));
  const command = ask("ps", ["-o", "args=", "-p", String(pid)]);
  return command.includes("postgres") && command.includes(cluster);
}

function linuxBirth(pid: number): string | undefined {
  const stat = readIfThere(`/proc/${pid}/stat`);
  // The name, in brackets, may hold spaces and brackets of its own; what follows the last one are numbers.
  const [state, ...fields] = stat?.slice(stat.lastIndexOf(")") + 2).split(" ") ?? [];
  if (state === undefined || state === "Z" || state === "X") return undefined;
  return `${readIfThere("/proc/sys/kernel/random/boot_id")?.trim() ?? ""}/${fields[18] ?? ""}`;
}

function linuxIsServerOf(pid: number, cluster: string): boolean {
  if (!readIfThere(`/proc/${pid}/comm`)?.startsWith("postgres")) return false;
  try {
    // The server works inside its folder. By inode, so that a moved or otherwise mounted folder is still the same.
    const [works, wanted] = [statSync(`/proc/${pid}/cwd`), statSync(cluster)];
    return works.dev === wanted.dev && works.ino === wanted.ino;
  } catch {
    return readIfThere(`/proc/${pid}/cmdline`)?.split("\0").includes(cluster) ?? false;
  }
}

/** What tells this machine from others that may see the same folder: its name and, on Linux, its id. */
export function machineName(hostname: string): string {
  return `${hostname}/${readIfThere("/etc/machine-id")?.trim() ?? ""}`;
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

function ask(program: string, args: readonly string[]): string {
  const answer = spawnSync(program, args, { encoding: "utf8", windowsHide: true, timeout: 10_000 });
  return (answer.stdout ?? "").trim();
}

function signalReaches(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
