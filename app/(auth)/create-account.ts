import { redirect } from "next/navigation";
import { z } from "zod";
import { signInHere } from "@/lib/auth/sign-in-here";
import { isFieldError } from "@/lib/domain/field-error";
import type { NewAccount } from "@/lib/usecases/use-cases";
import type { AccountFormState } from "./account-form-state";
import { failureCode } from "./failure-code";

/** Long enough to be told that it is too long. */
const MOST_CHARACTERS = 1_000;
const text = z
  .string()
  .catch("")
  .transform((value) => value.slice(0, MOST_CHARACTERS));
const accountForm = z.object({ username: text, name: text, password: text });

/** Makes an account of a form, signs it in and goes to the chat, or says what is wrong. */
export async function createAccount(
  form: FormData,
  create: (account: NewAccount) => Promise<unknown>,
): Promise<AccountFormState> {
  const { username, name, password } = accountForm.parse(Object.fromEntries(form));
  try {
    await create({ username: username.trim(), name, password });
  } catch (error) {
    if (isFieldError(error)) return { username, name, problems: error.problems };
    return { username, name, code: failureCode(error, "making an account") };
  }
  redirect((await isSignedIn(username, password)) ? "/chat" : "/login");
}

/** The account exists: whatever keeps it from being signed in at once, the sign-in page tells. */
async function isSignedIn(username: string, password: string): Promise<boolean> {
  try {
    return (await signInHere({ username: username.trim(), password })).kind === "signed_in";
  } catch (error) {
    failureCode(error, "signing in after joining");
    return false;
  }
}
