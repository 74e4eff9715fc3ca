import { once } from "node:events";
import { createServer } from "node:net";

/** The first ports from `from` on, as many as asked for, on which nothing of this machine listens. */
export async function freePorts(from: number, count: number): Promise<number[]> {
  const found: number[] = [];
  for (let port = from; found.length < count; port += 1) {
    if (await isFree(port)) found.push(port);
  }
  return found;
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer().listen(port, "127.0.0.1");
  try {
    await once(probe, "listening");
  } catch {
    // Taken, or not to be had by this user: either way it is none for us.
    return false;
  }
  probe.close();
  await once(probe, "close");
  return true;
}
