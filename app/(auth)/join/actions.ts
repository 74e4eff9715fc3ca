"use server";
import { headers } from "next/headers";
import { z } from "zod";
import { requestSource } from "@/lib/auth/request-source";
import { getRuntime } from "@/lib/runtime";
import type { AccountFormState } from "../account-form-state";
import { createAccount } from "../create-account";

/** Absent where sign-up is open to all; one that is malformed is an invitation that does not exist. */
const token = z.string().max(200).catch("").optional();

/** Makes an account by an invitation, or without one where sign-up is open. */
export async function join(_state: AccountFormState, form: FormData): Promise<AccountFormState> {
  const inviteToken = token.parse(form.get("token") ?? undefined);
  const { useCases, secureCookies } = getRuntime();
  const { address } = requestSource(await headers(), secureCookies);
  return createAccount(form, (account) => useCases.accounts.join(account, inviteToken, address));
}
