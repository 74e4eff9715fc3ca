import { FieldError, type FieldProblem } from "./field-error";

/** How long an invite may be open and how many may use it. */
export const INVITE_LIMITS = { hours: { min: 1, max: 90 * 24 }, uses: { min: 1, max: 1_000 } } as const;

function isWithin(value: number, { min, max }: { min: number; max: number }): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}

/** @throws FieldError naming what is out of range */
export function checkInvite(invite: { hours: number; uses: number }): void {
  const problems: Record<string, FieldProblem> = {};
  if (!isWithin(invite.hours, INVITE_LIMITS.hours)) problems.hours = "invalid";
  if (!isWithin(invite.uses, INVITE_LIMITS.uses)) problems.uses = "invalid";
  if (Object.keys(problems).length > 0) throw new FieldError(problems);
}
