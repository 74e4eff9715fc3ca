"use client";
import { useTranslations } from "use-intl";
import { Page } from "@/components/ui/page";
import type { UserId } from "@/lib/contract/ids";
import type { Account, Invite } from "@/lib/usecases/ports/people-store";
import { AccountList } from "./account-list";
import { InviteList } from "./invite-list";
import { SignUpSetting } from "./sign-up-setting";

export interface PeoplePageProps {
  me: UserId;
  query: string;
  /** The page begins after this username. */
  after: string | undefined;
  accounts: Account[];
  hasMore: boolean;
  invites: Invite[];
  signUpIsOpen: boolean;
}

export function PeoplePage({ invites, signUpIsOpen, ...accounts }: PeoplePageProps) {
  const t = useTranslations("people");
  return (
    <Page title={t("title")} width="wide">
      <AccountList {...accounts} />
      <InviteList invites={invites} />
      <SignUpSetting open={signUpIsOpen} />
    </Page>
  );
}
