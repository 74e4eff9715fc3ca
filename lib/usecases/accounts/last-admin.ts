import { HomingError } from "@/lib/domain/homing-error";

/** Without an admin nobody could invite, disable or make another one. */
export function lastAdminError(): HomingError {
  return new HomingError("conflict", "This is the last admin. Make somebody else an admin first.");
}
