"use client";
import { useTranslations } from "use-intl";
import type { DeviceName } from "@/lib/domain/device-name";

/** Says what a device is: "Firefox on Linux", as much of it as is known. */
export function useDeviceLabel(): (device: DeviceName) => string {
  const t = useTranslations("settings");
  return ({ browser, system }) => {
    if (browser !== undefined && system !== undefined) return t("browserOnSystem", { browser, system });
    return browser ?? system ?? t("unknownDevice");
  };
}
