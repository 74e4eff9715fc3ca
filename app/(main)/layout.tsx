import type { ReactNode } from "react";
import { AppShell } from "@/components/shell/app-shell";
import { currentActor } from "@/lib/auth/current-actor";

/**
 * The frame of the signed-in part. Who is not signed in is sent away by the page itself, which knows where to lead back
 * to; here there is just no frame for them.
 */
export default async function MainLayout({ children }: { children: ReactNode }) {
  const actor = await currentActor();
  if (actor === undefined) return children;
  const { id, username, name, role } = actor;
  return <AppShell me={{ id, username, name, role }}>{children}</AppShell>;
}
