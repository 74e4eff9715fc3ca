import { compareIds } from "../streams/entry-id";
import type { ReceiveLedger } from "./ledger";
import type { Account } from "./message";

export interface AccountCheckOptions {
  readonly ledger: ReceiveLedger;
  /** The id of the newest entry of this node's own stream. */
  readonly newestId: () => Promise<string>;
  /** The id up to which it has been read. */
  readonly readUpTo: () => string;
  readonly onMissing: () => void;
  readonly onError: (error: unknown) => void;
}

interface Suspicion {
  readonly from: string;
  readonly settled: number;
  /** When the stream has been read up to here, what has not come will not come. */
  readonly until: string;
}

/**
 * Compares what the senders say they sent with what came. Entries may still wait in the stream when the account is
 * read, so a shortfall counts only once the stream has been read up to its end as of now.
 */
export class AccountCheck {
  readonly #options: AccountCheckOptions;
  #suspicions: Suspicion[] = [];

  constructor(options: AccountCheckOptions) {
    this.#options = options;
  }

  receive(from: string, self: string, account: Account): void {
    const { ledger, newestId, onMissing, onError } = this.#options;
    if (ledger.noteUnrouted(from, account.unrouted)) onMissing();
    const settled = account.sent[self] ?? 0;
    if (!ledger.lacks(from, settled)) return;
    newestId().then((until) => {
      this.#suspicions.push({ from, settled, until });
      this.settle();
    }, onError);
  }

  /** Call after entries of the own stream were taken in. */
  settle(): void {
    if (this.#suspicions.length === 0) return;
    const { ledger, readUpTo, onMissing } = this.#options;
    const offset = readUpTo();
    const due = this.#suspicions.filter(({ until }) => compareIds(offset, until) >= 0);
    this.#suspicions = this.#suspicions.filter((suspicion) => !due.includes(suspicion));
    for (const { from, settled } of due) {
      if (!ledger.lacks(from, settled)) continue;
      ledger.writeOff(from, settled);
      onMissing();
    }
  }

  /** The own stream is another one now. */
  clear(): void {
    this.#suspicions = [];
  }
}
