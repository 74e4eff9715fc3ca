"use server";
import { z } from "zod";
import { getRuntime } from "@/lib/runtime";
import type { AccountFormState } from "../account-form-state";
import { createAccount } from "../create-account";

const token = z.string().max(200).catch("");

/** Makes the first admin. */
export async function setUp(_state: AccountFormState, form: FormData): Promise<AccountFormState> {
  const setupToken = token.parse(form.get("token"));
  const { accounts } = getRuntime().useCases;
  return createAccount(form, (account) => accounts.createFirstAdmin(account, setupToken));
}
