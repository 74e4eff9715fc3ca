import type { MetadataRoute } from "next";
import { getTranslator } from "@/lib/i18n/request";

/** Makes the chat installable. */
export default async function manifest(): Promise<MetadataRoute.Manifest> {
  const t = await getTranslator("common");
  return {
    name: t("appName"),
    short_name: t("appName"),
    description: t("tagline"),
    id: "/",
    start_url: "/chat",
    display: "standalone",
    background_color: "#ffffff",
    theme_color: "#3c5bd0",
    icons: [
      { src: "/icons/homing.svg", sizes: "any", type: "image/svg+xml" },
      { src: "/icons/homing-192.png", sizes: "192x192", type: "image/png" },
      { src: "/icons/homing-512.png", sizes: "512x512", type: "image/png" },
      { src: "/icons/homing-maskable-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
    ],
  };
}
