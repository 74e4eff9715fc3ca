import { hostname } from "node:os";
import { resolve } from "node:path";
import { z } from "zod";
import { ConfigError } from "./config-error";
import { groupRedis, REDIS_VARIABLES, redisProblems } from "./redis";
import {
  commaList,
  isAddressOrNetwork,
  isEncryptionKey,
  isHostName,
  oneOf,
  optionalText,
  optionalWholeNumber,
  wholeNumber,
} from "./values";

/**
 * Every variable of the environment that the product reads, and nothing else reads them. `.env.example` documents the
 * same names; a test holds the two to each other.
 */
const VARIABLES = {
  NODE_ENV: oneOf(["production", "development", "test"], "production"),
  PORT: wholeNumber(3000, 0, 65_535),
  HOST: optionalText().transform((host) => host ?? "0.0.0.0"),
  PUBLIC_URL: optionalText().refine((url) => url === undefined || isWebOrigin(url), {
    error: "must be an address such as https://chat.example.com, without a path",
  }),
  ALLOWED_HOSTS: commaList(isHostName, "a host name such as chat.example.com"),
  TRUSTED_PROXIES: commaList(isAddressOrNetwork, "an IP address or a network such as 10.0.0.0/8"),
  DATA_DIR: optionalText().transform((directory) => resolve(directory ?? "data")),
  DATABASE_URL: optionalText().refine((url) => url === undefined || isDatabaseUrl(url), {
    error: "must be an address such as postgresql://user:password@host:5432/homing",
  }),
  DATABASE_POOL: wholeNumber(10, 2, 1_000),
  HOMING_SECRET: optionalText(z.string().min(32, { error: "must have at least 32 characters" })),
  NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: optionalText(
    z.string().refine(isEncryptionKey, { error: "must be 16, 24 or 32 random bytes in base64" }),
  ),
  NODE_NAME: optionalText(
    z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, {
      error: "must be 1 to 64 letters, digits, dots, dashes or underscores",
    }),
  ),
  ...REDIS_VARIABLES,
  METRICS_TOKEN: optionalText(z.string().min(16, { error: "must have at least 16 characters" })),
  LOG_LEVEL: oneOf(["fatal", "error", "warn", "info", "debug", "trace", "silent"], "info"),
  LOG_FORMAT: oneOf(["auto", "json", "pretty"], "auto"),
  SESSION_DAYS: wholeNumber(30, 1, 3_650),
  SESSION_MAX_DAYS: optionalWholeNumber(1, 3_650),
  DRAIN_SECONDS: wholeNumber(8, 0, 600),
  RATE_LIMITS: oneOf(["on", "off"], "on"),
  SENDS_PER_SECOND: wholeNumber(30, 1, 1_000_000),
  SEND_BURST: wholeNumber(300, 1, 1_000_000),
  EVENTS_PER_SECOND: wholeNumber(100, 1, 1_000_000),
  MAX_SOCKETS_PER_USER: wholeNumber(50, 1, 1_000_000),
  MAX_SOCKETS_PER_ADDRESS: wholeNumber(1_000, 1, 1_000_000),
} as const;

/** However much it is used, a session ends so long after signing in. */
const SESSION_MOST_DAYS = 180;

const schema = z.object(VARIABLES);

/** The names of all variables, in the order in which `.env.example` explains them. */
export const VARIABLE_NAMES: readonly string[] = Object.keys(VARIABLES);

/** The settings of this process; made once at start by {@link readConfig} and never changed. */
export type Config = ReturnType<typeof group>;

/**
 * Reads and checks the environment.
 *
 * @throws ConfigError naming every variable that is wrong, all at once; secrets and addresses with passwords are not quoted.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const parsed = schema.safeParse(env);
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`));
  }
  const problems = contradictions(parsed.data);
  if (problems.length > 0) throw new ConfigError(problems);
  return group(parsed.data);
}

/** What each variable allows and all together do not. */
function contradictions(values: z.infer<typeof schema>): string[] {
  const problems = redisProblems(values);
  if (groupRedis(values) !== undefined && values.HOMING_SECRET === undefined) {
    problems.push(
      "HOMING_SECRET is missing: with Redis several nodes serve the same people, so all need the same secret",
    );
  }
  if (values.SESSION_MAX_DAYS !== undefined && values.SESSION_MAX_DAYS < values.SESSION_DAYS) {
    problems.push("SESSION_MAX_DAYS must not be less than SESSION_DAYS");
  }
  return problems;
}

function group(values: z.infer<typeof schema>) {
  const cluster = groupRedis(values);
  return {
    mode: values.NODE_ENV === "development" ? "development" : "production",
    node: { name: values.NODE_NAME ?? defaultName(values.PORT, cluster !== undefined) },
    /** How this node and others are one; undefined: it is alone. */
    cluster,
    http: {
      port: values.PORT,
      host: values.HOST,
      /** The origin under which people reach this server; undefined: whatever allowed host they used. */
      publicUrl: values.PUBLIC_URL === undefined ? undefined : new URL(values.PUBLIC_URL).origin,
      allowedHosts: values.ALLOWED_HOSTS.map((host) => host.toLowerCase()),
      trustedProxies: values.TRUSTED_PROXIES,
    },
    data: { directory: values.DATA_DIR },
    database: {
      /** Undefined: the embedded PostgreSQL in the data folder. */
      url: values.DATABASE_URL,
      poolSize: values.DATABASE_POOL,
    },
    /** Undefined: one is generated into the data folder, see `loadSecret`. */
    secret: values.HOMING_SECRET,
    /** Undefined: it follows from the secret, see `actionsKey`. */
    actionsKey: values.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY,
    metrics: {
      /** Undefined: only this machine itself may read the metrics. */
      token: values.METRICS_TOKEN,
    },
    log: { level: values.LOG_LEVEL, format: values.LOG_FORMAT },
    sessions: {
      days: values.SESSION_DAYS,
      mostDays: values.SESSION_MAX_DAYS ?? Math.max(SESSION_MOST_DAYS, values.SESSION_DAYS),
    },
    drainMs: values.DRAIN_SECONDS * 1_000,
    limits: {
      /** False only for measurements and checkers: what is sent and signed in is then not counted. */
      rates: values.RATE_LIMITS === "on",
      sendsPerSecond: values.SENDS_PER_SECOND,
      sendBurst: values.SEND_BURST,
      eventsPerSecond: values.EVENTS_PER_SECOND,
      socketsPerUser: values.MAX_SOCKETS_PER_USER,
      socketsPerAddress: values.MAX_SOCKETS_PER_ADDRESS,
    },
  } as const;
}

function isWebOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  const bare = url.pathname === "/" && url.search === "" && url.hash === "" && url.username === "";
  return bare && (url.protocol === "https:" || url.protocol === "http:");
}

function isDatabaseUrl(text: string): boolean {
  return /^postgres(ql)?:\/\/./.test(text);
}

/** Nodes of one cluster that share a machine differ by their ports. */
function defaultName(port: number, isInCluster: boolean): string {
  return isInCluster ? `${nameOfThisMachine()}-${port}` : nameOfThisMachine();
}

function nameOfThisMachine(): string {
  const name = hostname()
    .replace(/[^A-Za-z0-9._-]/g, "-")
    .slice(0, 58);
  return /^[A-Za-z0-9]/.test(name) ? name : "node";
}
