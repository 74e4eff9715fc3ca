/**
 * Which room may import which: one table, read by `npm run check:architecture`. Tests may look into every room.
 *
 * `from` a folder, only `to` these; `packages` are what it may take from npm (`node:` modules count as "node").
 */
const rooms = {
  "lib/contract": { to: [], packages: ["zod"] },
  "lib/domain": { to: ["lib/contract"], packages: [] },
  "lib/usecases": { to: ["lib/domain", "lib/contract"], packages: [] },
  "lib/ops": { to: [], packages: ["zod", "pino", "prom-client", "node"] },
  "lib/embedded": { to: ["lib/ops"], packages: ["pg", "zod", "node"] },
  "lib/http": { to: ["lib/contract", "lib/ops"], packages: ["node"] },
  "lib/store": {
    to: ["lib/usecases/ports", "lib/domain", "lib/contract", "lib/ops"],
    packages: ["pg", "kysely", "node"],
  },
  "lib/cluster": {
    to: ["lib/usecases/ports", "lib/domain", "lib/contract", "lib/ops"],
    packages: [
      "ioredis",
      "socket.io-adapter",
      "@socket.io/redis-streams-adapter",
      "@msgpack/msgpack",
      "node",
    ],
  },
  "lib/auth": {
    to: ["lib/usecases", "lib/runtime.ts", "lib/domain", "lib/contract", "lib/ops"],
    packages: ["next", "next-auth", "react", "@node-rs/argon2", "node"],
  },
  "lib/realtime": {
    to: ["lib/usecases", "lib/auth", "lib/domain", "lib/contract", "lib/ops"],
    packages: ["socket.io", "socket.io-parser", "zod", "node"],
  },
  "lib/client": { to: ["lib/domain", "lib/contract"], packages: ["socket.io-client", "idb"] },
  "lib/i18n": { to: ["lib/contract", "messages"], packages: ["use-intl", "icu-minify", "next", "react"] },
  "lib/node": {
    to: [
      "lib/usecases",
      "lib/store",
      "lib/cluster",
      "lib/realtime",
      "lib/auth",
      "lib/embedded",
      "lib/domain",
      "lib/contract",
      "lib/ops",
      "package.json",
    ],
    packages: ["node"],
  },
  "lib/runtime.ts": { to: ["lib/usecases"], packages: [] },
  components: {
    to: ["lib/client", "lib/domain", "lib/contract", "lib/i18n"],
    packages: ["react", "react-dom", "next", "use-intl", "radix-ui", "@radix-ui", "lucide-react", "virtua"],
  },
  app: {
    to: [
      "components",
      "lib/usecases",
      "lib/auth",
      "lib/runtime.ts",
      "lib/domain",
      "lib/contract",
      "lib/i18n",
      "lib/client",
    ],
    packages: [
      "next",
      "next-auth",
      "react",
      "react-dom",
      "zod",
      "use-intl",
      "lucide-react",
      "@fontsource-variable",
    ],
  },
  e2e: {
    to: ["lib/contract", "lib/store/testing", "lib/cluster/testing", "lib/ops/free-port.ts"],
    packages: ["@playwright", "@axe-core", "socket.io-client", "pg", "esbuild", "vitest", "node"],
  },
};

const escapeDots = (text) => text.replaceAll(".", "\\.");
const packagePath = (name) =>
  name === "node" ? "^node:|^[a-z_]+(/promises)?$" : `(^|node_modules/)(@types/)?${escapeDots(name)}(/|$)`;

const roomRules = Object.entries(rooms).map(([room, { to, packages }]) => ({
  name: `${room}-imports-only`,
  comment: `${room} may import: ${[...to, ...packages].join(", ") || "nothing"}`,
  severity: "error",
  from: {
    path: `^(scripts/fixtures/architecture/)?${escapeDots(room)}(/|$)`,
    pathNot: "\\.test\\.tsx?$|/testing/",
  },
  to: {
    pathNot: [room, ...to]
      .map((folder) => `^(scripts/fixtures/architecture/)?${escapeDots(folder)}(/|$)`)
      .concat(packages.map(packagePath), "\\.css$", "\\.svg$"),
  },
}));

module.exports = {
  forbidden: [
    ...roomRules,
    {
      name: "no-cycles",
      comment: "A file must not import itself through others.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "no-unresolved",
      comment: "An import that the checker cannot follow is not checked.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: "sql-in-store-only",
      comment: "Only the store talks to PostgreSQL.",
      severity: "error",
      from: { path: "^(lib|app|components)/", pathNot: "^lib/(store|embedded)/|\\.test\\.tsx?$|/testing/" },
      to: { path: "node_modules/(@types/)?(pg|kysely)/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(\\.next|dist|data)" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      conditionNames: ["import", "require", "node", "default", "types"],
      exportsFields: ["exports"],
    },
  },
};
