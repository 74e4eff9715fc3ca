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
  serverExternalPackages: ["pg", "kysely", "pino", "@node-rs/argon2", "next-auth"],
};

export default config;
