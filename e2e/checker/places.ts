/** A node as clients reach it. */
export interface Place {
  name: string;
  url: string;
}

/** Where a client may go: as a load balancer would say, only to nodes that are ready. */
export interface Places {
  readonly all: readonly Place[];
  /** Those that were ready a moment ago; all when none was. */
  ready(): readonly Place[];
  stop(): void;
}

const LOOK_EVERY_MS = 500;
const ANSWER_WITHIN_MS = 1_500;

/** Looks at `/readyz` of every node, as the load balancer does that moves clients. */
export function watchPlaces(all: readonly Place[]): Places {
  const isReady = new Map(all.map(({ name }) => [name, true]));
  const look = async ({ name, url }: Place) => {
    const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) }).catch(
      () => undefined,
    );
    await answer?.body?.cancel();
    isReady.set(name, answer?.ok === true);
  };
  const timer = setInterval(() => void Promise.all(all.map(look)), LOOK_EVERY_MS);
  return {
    all,
    ready() {
      const ready = all.filter(({ name }) => isReady.get(name) === true);
      return ready.length > 0 ? ready : all;
    },
    stop: () => clearInterval(timer),
  };
}
