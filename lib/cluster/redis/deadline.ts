/** Redis did not answer in time. Whether it carried the command out is not known. */
export class RedisTimeoutError extends Error {
  constructor(command: string, ms: number) {
    super(`Redis did not answer ${command} within ${ms} ms`);
    this.name = "RedisTimeoutError";
  }
}

/** There has been no connection for so long that waiting for one makes no sense. Nothing was sent. */
export class RedisAwayError extends Error {
  constructor(command: string) {
    super(`Redis is away: ${command} was not sent`);
    this.name = "RedisAwayError";
  }
}

/** The outcome of `work`, or a {@link RedisTimeoutError} after `ms`; what comes later is dropped. */
export async function withDeadline<T>(command: string, ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new RedisTimeoutError(command, ms)), ms);
    timer.unref();
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
