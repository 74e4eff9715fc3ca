import { checkInvite } from "@/lib/domain/invite-rules";
import type { AccountUseCases } from "../use-cases";
import { type AccountPorts, SECRET_BYTES } from "./account-ports";
import { requireAdmin } from "./require-admin";

/** See {@link AccountUseCases.createInvite}. */
export function createInvite({ people, randomness, digest }: AccountPorts): AccountUseCases["createInvite"] {
  return async (actor, { hours, uses }) => {
    requireAdmin(actor);
    checkInvite({ hours, uses });
    const token = randomness.secret(SECRET_BYTES);
    const invite = await people.createInvite({
      id: randomness.uuid(),
      tokenHash: digest(token),
      createdBy: actor.id,
      hours,
      maxUses: uses,
    });
    return { invite, token };
  };
}
