"use client";
import { MailPlus } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Section } from "@/components/ui/section";
import type { Invite } from "@/lib/usecases/ports/people-store";
import { InviteRow } from "./invite-row";

const InviteDialog = dynamic(() => import("./invite-dialog").then((module) => module.InviteDialog));

/** Invitations that were made, the latest first. */
export function InviteList({ invites }: { invites: Invite[] }) {
  const t = useTranslations("people");
  const [isOpen, setOpen] = useState(false);
  const make = (
    <Button variant="primary" size="sm" onClick={() => setOpen(true)}>
      {t("newInvite")}
    </Button>
  );
  return (
    <Section title={t("invites")} description={t("invitesText")} action={invites.length > 0 && make}>
      {invites.length === 0 ? (
        <EmptyState
          icon={<MailPlus aria-hidden="true" />}
          title={t("noInvites")}
          description={t("noInvitesText")}
          action={make}
        />
      ) : (
        <ul className="divide-y divide-line">
          {invites.map((invite) => (
            <InviteRow key={invite.id} invite={invite} />
          ))}
        </ul>
      )}
      {isOpen && <InviteDialog onClose={() => setOpen(false)} />}
    </Section>
  );
}
