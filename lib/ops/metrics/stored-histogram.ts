import { Histogram, type Registry } from "prom-client";
import type { Distribution } from "./distribution";

/**
 * A histogram of prom-client whose values stand in {@link Distribution}s, read when somebody asks. Its own `observe` is not
 * used.
 */
export class StoredHistogram extends Histogram {
  readonly #options: StoredHistogramOptions;

  constructor(options: StoredHistogramOptions) {
    const { name, help, label, registry } = options;
    super({ name, help, labelNames: [label], registers: [registry] });
    this.#options = options;
  }

  /** What the registry prints; it prefers this method to `get`. */
  async getForPromString() {
    const { name, help, label, read } = this.#options;
    const values = [...read()].flatMap(([key, distribution]) =>
      valuesOf(name, { [label]: key }, distribution),
    );
    return { name, help, type: "histogram", aggregator: "sum", values };
  }
}

export interface StoredHistogramOptions {
  readonly name: string;
  readonly help: string;
  readonly label: string;
  readonly registry: Registry;
  /** The distributions, by the value of the label. */
  readonly read: () => Iterable<readonly [string, Distribution]>;
}

interface Value {
  readonly metricName: string;
  readonly labels: Readonly<Record<string, string | number>>;
  /** Both ways of reading a metric expect it. */
  readonly sharedLabels: Readonly<Record<string, string>>;
  readonly value: number;
}

function valuesOf(name: string, labels: Record<string, string>, distribution: Distribution): Value[] {
  const counts = distribution.cumulative();
  const count = counts.at(-1) ?? 0;
  const value = (suffix: string, figure: number, more = {}) => ({
    metricName: `${name}_${suffix}`,
    labels: { ...more, ...labels },
    sharedLabels: {},
    value: figure,
  });
  return [
    ...distribution.bounds.map((le, index) => value("bucket", counts[index] ?? 0, { le })),
    value("bucket", count, { le: "+Inf" }),
    value("sum", distribution.sum),
    value("count", count),
  ];
}
