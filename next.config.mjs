/**
 * The image optimizer is off: it would fetch and re-encode on the message path's cores, and nothing here needs it.
 * Types and lint have their own checks (`npm run check`), so the build does not repeat them.
 *
 * @type {import("next").NextConfig}
 */
const config = {
  distDir: process.env.NEXT_DIST_DIR ?? ".next",
  poweredByHeader: false,
  reactStrictMode: true,
  images: { unoptimized: true },
  typescript: { ignoreBuildErrors: true },
  devIndicators: false,
  // The catalogues come compiled (lib/i18n/catalogue.ts), so that browsers need no parser of messages: 9 KB less.
  turbopack: { resolveAlias: { "use-intl/format-message": "use-intl/format-message/format-only" } },
  // Few large scripts: those that come together compress better together, and each one carries a head of its own.
  experimental: {
    turbopackChunking: {
      firstPageLoadPriority: 1,
      requestCost: 2_000_000,
      minChunkSize: 400_000,
      maxMergeChunkSize: 3_000_000,
    },
  },
  serverExternalPackages: ["pg", "kysely", "pino", "@node-rs/argon2", "next-auth"],
};

export default config;
