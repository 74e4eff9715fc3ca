"use server";
import { redirect } from "next/navigation";
import { z } from "zod";
import { signInHere } from "@/lib/auth/sign-in-here";
import { LIMITS } from "@/lib/contract/limits";
import { returnPath } from "@/lib/domain/return-path";
import { failureCode } from "../failure-code";
import type { SignInState } from "./sign-in-state";

const text = z.string().catch("");
const signInForm = z.object({ username: text, password: text, callbackUrl: text });

/** Signs in and goes to the page that was asked for, or says why not. */
export async function signIn(_state: SignInState, form: FormData): Promise<SignInState> {
  const fields = signInForm.parse(Object.fromEntries(form));
  const username = fields.username.trim().slice(0, LIMITS.usernameCharacters + 1);
  const password = fields.password.slice(0, LIMITS.passwordCharacters.max + 1);
  let outcome: Awaited<ReturnType<typeof signInHere>>;
  try {
    outcome = await signInHere({ username, password });
  } catch (error) {
    return { kind: "failed", code: failureCode(error, "signing in"), username };
  }
  if (outcome.kind === "signed_in") redirect(returnPath(fields.callbackUrl));
  return { ...outcome, username };
}
