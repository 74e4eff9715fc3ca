import type { NativeClient } from "./create-client";

/** Whether a connection is there, by its events. */
export class ConnectionState {
  #awaySince: number | undefined = performance.now();

  constructor(native: NativeClient, onLost?: () => void) {
    native.on("ready", () => {
      this.#awaySince = undefined;
    });
    native.on("close", () => {
      if (this.#awaySince !== undefined) return;
      this.#awaySince = performance.now();
      onLost?.();
    });
  }

  /** Milliseconds without a connection; 0 while there is one. */
  get awayMs(): number {
    return this.#awaySince === undefined ? 0 : performance.now() - this.#awaySince;
  }
}
