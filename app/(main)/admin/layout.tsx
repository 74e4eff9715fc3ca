import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { AdminNavigation } from "@/components/shell/admin-navigation";
import { currentActor } from "@/lib/auth/current-actor";

/**
 * The frame of the operators' pages; for others there is no such place. Every page and use case asks again for itself:
 * a layout is not drawn anew when one walks from page to page.
 */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  const actor = await currentActor();
  if (actor === undefined) return children;
  if (actor.role !== "admin") notFound();
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col md:flex-row">
      <AdminNavigation />
      {children}
    </div>
  );
}
