import type { NextConfig } from "next";

declare const config: NextConfig & { distDir: string };
export default config;
