import { join } from "node:path";

/** Where the embedded PostgreSQL keeps what, all below the data folder. */
export interface Layout {
  readonly data: string;
  /** PostgreSQL's own folder; appears complete or not at all. */
  readonly cluster: string;
  /** Who uses the server, the lock, the socket: nothing in it outlives the processes, and it may be deleted when none runs. */
  readonly runtime: string;
  readonly clients: string;
  readonly lock: string;
  readonly socket: string;
  /** What the server prints before its own log is open. */
  readonly startLog: string;
}

export function layoutOf(dataDirectory: string): Layout {
  const runtime = join(dataDirectory, "pg.run");
  return {
    data: dataDirectory,
    cluster: join(dataDirectory, "pg"),
    runtime,
    clients: join(runtime, "clients"),
    lock: join(runtime, "lock"),
    socket: join(runtime, "socket"),
    startLog: join(runtime, "start.log"),
  };
}
