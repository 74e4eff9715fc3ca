import { searchText, username } from "@/lib/contract/text";
import { HomingError } from "@/lib/domain/homing-error";
import type { AccountUseCases } from "../use-cases";
import type { AccountPorts } from "./account-ports";
import { requireAdmin } from "./require-admin";

const PAGE = 50;

/** See {@link AccountUseCases.listAccounts}. */
export function listAccounts({ people }: AccountPorts): AccountUseCases["listAccounts"] {
  return async (actor, page) => {
    requireAdmin(actor);
    const query = searchText.safeParse(page.query);
    const after = username.optional().safeParse(page.after);
    if (!query.success) throw new HomingError("bad_request", "query is not allowed");
    if (!after.success) throw new HomingError("bad_request", "after is no username");
    return people.list({
      query: query.data,
      limit: PAGE,
      ...(after.data !== undefined && { after: after.data }),
    });
  };
}
