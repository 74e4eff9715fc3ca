import { z } from "zod";
import { commaList, oneOf, optionalText, wholeNumber } from "./values";

/** How nodes reach each other; without one of the three addresses a node is alone. */
export const REDIS_VARIABLES = {
  ROUTING: z.preprocess(
    (value) => (value === "" ? undefined : value),
    z.enum(["local", "broadcast", "directed"], { error: "must be local, broadcast or directed" }).optional(),
  ),
  REDIS_URL: optionalText().refine((url) => url === undefined || isRedisUrl(url), {
    error: "must be an address such as redis://user:password@host:6379/0, or rediss:// with TLS",
  }),
  REDIS_SENTINELS: commaList(isHostWithPort, "a host with its port such as sentinel-1:26379"),
  REDIS_MASTER: optionalText().transform((name) => name ?? "mymaster"),
  REDIS_CLUSTER_NODES: commaList(isHostWithPort, "a host with its port such as redis-1:6379"),
  REDIS_USERNAME: optionalText(),
  REDIS_PASSWORD: optionalText(),
  REDIS_SENTINEL_PASSWORD: optionalText(),
  REDIS_DATABASE: wholeNumber(0, 0, 1_000),
  REDIS_TLS: oneOf(["on", "off"], "off"),
  REDIS_PREFIX: optionalText(
    z.string().regex(/^[A-Za-z0-9_.:-]{1,64}$/, {
      error: "must be 1 to 64 letters, digits, underscores, dots, colons or dashes",
    }),
  ).transform((prefix) => prefix ?? "homing"),
  REDIS_POOL: wholeNumber(2, 1, 100),
  REDIS_MAX_REDIRECTIONS: wholeNumber(16, 1, 100),
  REDIS_CONNECT_TIMEOUT_MS: wholeNumber(5_000, 100, 120_000),
  REDIS_COMMAND_TIMEOUT_MS: wholeNumber(5_000, 100, 120_000),
} as const;

type RedisValues = z.infer<z.ZodObject<typeof REDIS_VARIABLES>>;

const ADDRESSES = ["REDIS_URL", "REDIS_SENTINELS", "REDIS_CLUSTER_NODES"] as const;

/** What does not go together, a sentence each. */
export function redisProblems(values: RedisValues): string[] {
  const given = ADDRESSES.filter((name) => isGiven(values, name));
  const [first] = given;
  const problems: string[] = [];
  if (given.length > 1) problems.push(`${given.join(" and ")} exclude each other: set one of them`);
  if (first === undefined && values.ROUTING !== undefined && values.ROUTING !== "local") {
    problems.push(`ROUTING=${values.ROUTING} needs a Redis: set one of ${ADDRESSES.join(", ")}`);
  }
  if (first !== undefined && values.ROUTING === "local") {
    problems.push(`ROUTING=local is for one node alone: leave ${first} out, or choose directed or broadcast`);
  }
  return problems;
}

/** The settings of the bus between the nodes; undefined for a node that is alone. */
export function groupRedis(values: RedisValues) {
  const target = targetOf(values);
  if (target === undefined) return undefined;
  return {
    routing: values.ROUTING === "broadcast" ? "broadcast" : "directed",
    redis: {
      target,
      prefix: values.REDIS_PREFIX,
      poolSize: values.REDIS_POOL,
      maxRedirections: values.REDIS_MAX_REDIRECTIONS,
      connectTimeoutMs: values.REDIS_CONNECT_TIMEOUT_MS,
      commandTimeoutMs: values.REDIS_COMMAND_TIMEOUT_MS,
    },
  } as const;
}

function targetOf(values: RedisValues) {
  const credentials = { username: values.REDIS_USERNAME, password: values.REDIS_PASSWORD };
  const tls = values.REDIS_TLS === "on";
  if (values.REDIS_URL !== undefined) {
    return { kind: "single", url: withCredentials(values.REDIS_URL, values) } as const;
  }
  if (values.REDIS_CLUSTER_NODES.length > 0) {
    return {
      kind: "cluster",
      nodes: values.REDIS_CLUSTER_NODES.map(addressOf),
      tls,
      ...credentials,
    } as const;
  }
  if (values.REDIS_SENTINELS.length === 0) return undefined;
  return {
    kind: "sentinel",
    sentinels: values.REDIS_SENTINELS.map(addressOf),
    master: values.REDIS_MASTER,
    sentinelPassword: values.REDIS_SENTINEL_PASSWORD,
    db: values.REDIS_DATABASE,
    tls,
    ...credentials,
  } as const;
}

/** What stands in the address wins; the variables fill in what it leaves out. */
function withCredentials(address: string, values: RedisValues): string {
  const url = new URL(address);
  if (url.username === "" && values.REDIS_USERNAME !== undefined) url.username = values.REDIS_USERNAME;
  if (url.password === "" && values.REDIS_PASSWORD !== undefined) url.password = values.REDIS_PASSWORD;
  if (/^\/?$/.test(url.pathname) && values.REDIS_DATABASE !== 0) url.pathname = `/${values.REDIS_DATABASE}`;
  if (values.REDIS_TLS === "on") return url.href.replace(/^redis:/, "rediss:");
  return url.href;
}

function isGiven(values: RedisValues, name: (typeof ADDRESSES)[number]): boolean {
  const value = values[name];
  return typeof value === "string" || (value !== undefined && value.length > 0);
}

function addressOf(entry: string): { host: string; port: number } {
  const { hostname, port } = new URL(`redis://${entry}`);
  return { host: hostname.replace(/^\[|\]$/g, ""), port: Number(port) };
}

function isRedisUrl(text: string): boolean {
  return /^rediss?:\/\/./.test(text) && URL.canParse(text);
}

function isHostWithPort(entry: string): boolean {
  if (!/:\d{1,5}$/.test(entry) || /[/@?#\s]/.test(entry) || !URL.canParse(`redis://${entry}`)) return false;
  const { hostname, port } = new URL(`redis://${entry}`);
  return hostname !== "" && Number(port) > 0;
}
