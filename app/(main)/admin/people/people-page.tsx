"use client";
import { useTranslations } from "use-intl";
import { Page } from "@/components/ui/page";
import type { Invite } from "@/lib/usecases/ports/people-store";
import { AccountList, type AccountListProps } from "./account-list";
import { InviteList } from "./invite-list";
import { SignUpSetting } from "./sign-up-setting";

export interface PeoplePageProps extends AccountListProps {
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
