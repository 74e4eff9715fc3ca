/** Times, ascending, each with the highest value that had been reached by then. */
export interface Timeline {
  readonly times: readonly number[];
  readonly highest: readonly number[];
}

export function timeline(points: readonly { at: number; value: number }[]): Timeline {
  const sorted = points.toSorted((one, other) => one.at - other.at);
  let most = Number.NEGATIVE_INFINITY;
  const highest = sorted.map(({ value }) => {
    most = Math.max(most, value);
    return most;
  });
  return { times: sorted.map(({ at }) => at), highest };
}

/** The highest value reached strictly before `at`. */
export function latestBefore({ times, highest }: Timeline, at: number): number | undefined {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return highest[low - 1];
}
