import { currentActor } from "@/lib/auth/current-actor";
import { getTranslator } from "@/lib/i18n/request";
import { getRuntime } from "@/lib/runtime";
import { ClosedLink } from "../closed-link";
import { SignedInAlready } from "../signed-in-already";
import { JoinForm } from "./join-form";

/** The form where somebody may join, by this invitation or without one; else what to do. */
export async function JoinPage({ token }: { token: string | undefined }) {
  const actor = await currentActor();
  if (actor !== undefined) return <SignedInAlready name={actor.name} />;
  if (await getRuntime().useCases.accounts.joinIsOpen(token)) return <JoinForm token={token} />;
  const t = await getTranslator("join");
  const invited = token !== undefined;
  return (
    <ClosedLink
      title={t(invited ? "closedTitle" : "signUpClosedTitle")}
      text={t(invited ? "closedText" : "signUpClosedText")}
    />
  );
}
