"use client";
import { UserSearch } from "lucide-react";
import { useTranslations } from "use-intl";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { Section } from "@/components/ui/section";
import type { UserId } from "@/lib/contract/ids";
import type { Account } from "@/lib/usecases/ports/people-store";
import { AccountRow } from "./account-row";
import { AccountSearch } from "./account-search";

export interface AccountListProps {
  me: UserId;
  query: string;
  /** The page begins after this username. */
  after: string | undefined;
  accounts: Account[];
  hasMore: boolean;
}

function pageAfter(query: string, after: string | undefined): string {
  const search = new URLSearchParams();
  if (query !== "") search.set("q", query);
  if (after !== undefined) search.set("after", after);
  return `/admin/people?${search}`;
}

/** Everybody who has an account, a page at a time. */
export function AccountList({ me, query, after, accounts, hasMore }: AccountListProps) {
  const t = useTranslations("people");
  const last = accounts.at(-1)?.username;
  return (
    <Section title={t("accounts")} action={<AccountSearch query={query} />}>
      {accounts.length === 0 ? (
        <EmptyState
          icon={<UserSearch aria-hidden="true" />}
          title={t("nobody")}
          description={t("nobodyText")}
        />
      ) : (
        <ul className="divide-y divide-line">
          {accounts.map((account) => (
            <AccountRow key={account.id} account={account} isMe={account.id === me} />
          ))}
        </ul>
      )}
      {(after !== undefined || hasMore) && (
        <nav aria-label={t("pages")} className="flex justify-end gap-2 border-t border-line p-3">
          {after !== undefined && (
            <LinkButton size="sm" href={pageAfter(query, undefined)}>
              {t("firstPage")}
            </LinkButton>
          )}
          {hasMore && (
            <LinkButton size="sm" href={pageAfter(query, last)}>
              {t("nextPage")}
            </LinkButton>
          )}
        </nav>
      )}
    </Section>
  );
}
