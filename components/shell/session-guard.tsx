"use client";
import { useEffect } from "react";
import { useEngine } from "../engine/engine-context";
import { useStore } from "../engine/use-store";

/** When the session ends, here or from another device: off to the sign-in page, which says why and leads back. */
export function SessionGuard() {
  const { state, endReason } = useStore(useEngine().connection);
  useEffect(() => {
    if (state !== "ended") return;
    const { pathname, search } = window.location;
    const query = new URLSearchParams({ callbackUrl: pathname + search });
    if (endReason !== undefined) query.set("reason", endReason);
    window.location.assign(`/login?${query}`);
  }, [state, endReason]);
  return null;
}
