"use client";
import type { ReactNode } from "react";
import type { Me } from "@/lib/contract/shapes";
import { EngineProvider } from "../engine/engine-provider";
import { ConnectionBanner } from "./connection-banner";
import { Navigation } from "./navigation";
import { ServiceWorkerRegistration } from "./service-worker-registration";
import { SessionGuard } from "./session-guard";
import { TitleBadge } from "./title-badge";

/** What every signed-in page has around it: the engine, where to go, and how the connection is. */
export function AppShell({ me, children }: { me: Me; children: ReactNode }) {
  return (
    <EngineProvider me={me}>
      <div className="flex h-dvh flex-col overflow-hidden bg-surface md:flex-row">
        <Navigation />
        <div className="flex min-h-0 min-w-0 flex-1 flex-col">
          <ConnectionBanner />
          <main className="flex min-h-0 min-w-0 flex-1">{children}</main>
        </div>
      </div>
      <TitleBadge />
      <SessionGuard />
      <ServiceWorkerRegistration />
    </EngineProvider>
  );
}
