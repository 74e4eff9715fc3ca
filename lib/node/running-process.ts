import type { Config } from "@/lib/ops/config/env";
import type { Lifecycle } from "@/lib/ops/lifecycle";
import type { Logger } from "@/lib/ops/log";

/** What every part of a node is built on. */
export interface RunningProcess {
  readonly config: Config;
  readonly log: Logger;
  readonly lifecycle: Pick<Lifecycle, "signal" | "starting" | "onShutdown" | "shutdown">;
}
