import type { ClusterResponse } from "socket.io-adapter";

export interface RequestOptions {
  readonly id: string;
  /** Who is to answer. */
  readonly nodes: readonly string[];
  readonly timeoutMs: number;
  /** Every response, also such as come after all have answered. */
  readonly onResponse: (response: ClusterResponse) => void;
  /** Which responses are a node's answer; the others come in addition. */
  readonly isAnswer: (response: ClusterResponse) => boolean;
  /** Once: when all have answered or are gone, or at the time-out with the number of those that did not. */
  readonly onAnswered: (missing: number) => void;
}

interface Request extends RequestOptions {
  readonly waiting: Set<string>;
  readonly timer: NodeJS.Timeout;
}

/** Questions to other nodes. A node that is gone counts as having answered. */
export class Requests {
  readonly #open = new Map<string, Request>();

  ask(options: RequestOptions): void {
    const timer = setTimeout(() => this.#expire(options.id), options.timeoutMs);
    timer.unref();
    const request = { ...options, waiting: new Set(options.nodes), timer };
    this.#open.set(options.id, request);
    if (request.waiting.size === 0) request.onAnswered(0);
  }

  /** False when it answers none of the questions asked here. */
  receive(response: ClusterResponse, from: string): boolean {
    const request = this.#open.get(response.data.requestId);
    if (request === undefined) return false;
    request.onResponse(response);
    if (request.isAnswer(response)) this.#answer(request, from);
    return true;
  }

  /** Waits no longer for nodes that are not live. */
  keep(live: ReadonlySet<string>): void {
    for (const request of this.#open.values()) {
      for (const node of [...request.waiting]) if (!live.has(node)) this.#answer(request, node);
    }
  }

  /** Asks nobody any more. */
  close(): void {
    for (const { timer } of this.#open.values()) clearTimeout(timer);
    this.#open.clear();
  }

  #answer(request: Request, node: string): void {
    if (request.waiting.delete(node) && request.waiting.size === 0) request.onAnswered(0);
  }

  #expire(id: string): void {
    const request = this.#open.get(id);
    this.#open.delete(id);
    if (request !== undefined && request.waiting.size > 0) request.onAnswered(request.waiting.size);
  }
}
