import { createHash } from "node:crypto";
import { unlinkSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PROJECT } from "./project.mjs";

/**
 * Runs `work` while no other process of this machine runs its own for this project: two starts at once must not install
 * or build over each other. The lock is a name that one process listens on, so the system frees it with the process,
 * however that ends. `onWait` is called once when another one holds it.
 */
export async function withProjectLock(onWait, work) {
  let waited = false;
  for (;;) {
    const server = await listen();
    if (server !== undefined) {
      try {
        return await work();
      } finally {
        server.close();
      }
    }
    if (!waited) onWait();
    waited = true;
    await ended();
  }
}

function lockName() {
  const name = `homing-${createHash("sha256").update(PROJECT).digest("hex").slice(0, 24)}`;
  if (process.platform === "win32") return `\\\\.\\pipe\\${name}`;
  // Linux knows names that are no files, and vanish with their process.
  return process.platform === "linux" ? `\0${name}` : join(tmpdir(), `${name}.lock`);
}

/** The server that holds the lock; undefined when another process has it. */
function listen() {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.on("error", () => socket.destroy()));
    server.once("error", (error) => (error.code === "EADDRINUSE" ? resolve(undefined) : reject(error)));
    server.listen(lockName(), () => resolve(server.unref()));
  });
}

/** Waits until whoever holds the lock has ended. */
function ended() {
  return new Promise((resolve) => {
    const socket = connect(lockName());
    socket.once("error", (error) => {
      // On systems where the name is a file, it stays behind when its process is killed.
      if (error.code === "ECONNREFUSED" && process.platform !== "linux") removeLeftover();
    });
    socket.once("close", () => setTimeout(resolve, 100));
    socket.resume();
  });
}

function removeLeftover() {
  try {
    unlinkSync(lockName());
  } catch (error) {
    // Another process that waited has removed it first.
    if (error.code !== "ENOENT") throw error;
  }
}
