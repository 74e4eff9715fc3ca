"use client";
import { useEffect } from "react";
import { registerServiceWorker } from "@/lib/client/service-worker";

/** Lets the browser open the chat without a network. */
export function ServiceWorkerRegistration() {
  useEffect(() => registerServiceWorker(), []);
  return null;
}
