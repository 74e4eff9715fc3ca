import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { requireActor } from "@/lib/auth/current-actor";
import { searchText, username } from "@/lib/contract/text";
import { getTranslator } from "@/lib/i18n/request";
import { getRuntime } from "@/lib/runtime";
import { PeoplePage } from "./people-page";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslator("people"))("title") };
}

/** What cannot be searched for is as good as nothing. */
const search = z.object({ q: searchText.catch(""), after: username.optional().catch(undefined) });

/** For admins; to everybody else it does not exist. */
export default async function People({ searchParams }: { searchParams: Promise<unknown> }) {
  const actor = await requireActor("/admin/people");
  if (actor.role !== "admin") notFound();
  const { q: query, after } = search.parse(await searchParams);
  const { accounts } = getRuntime().useCases;
  const [page, invites, signUpIsOpen] = await Promise.all([
    accounts.listAccounts(actor, { query, ...(after !== undefined && { after }) }),
    accounts.listInvites(actor),
    accounts.signUpIsOpen(),
  ]);
  return (
    <PeoplePage
      me={actor.id}
      query={query}
      after={after}
      accounts={page.accounts}
      hasMore={page.hasMore}
      invites={invites}
      signUpIsOpen={signUpIsOpen}
    />
  );
}
