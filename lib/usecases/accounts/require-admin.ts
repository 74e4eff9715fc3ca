import { HomingError } from "@/lib/domain/homing-error";
import type { Actor } from "../actor";

/** @throws HomingError `forbidden` for everybody else */
export function requireAdmin(actor: Actor): void {
  if (actor.role !== "admin") throw new HomingError("forbidden", "Only admins may do this.");
}
