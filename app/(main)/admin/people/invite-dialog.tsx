"use client";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Dialog } from "@/components/ui/dialog";
import { InviteForm } from "./invite-form";
import { InviteLink } from "./invite-link";

/** Makes an invitation, then shows its link. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("people");
  const [link, setLink] = useState<string>();
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={link === undefined ? t("newInvite") : t("inviteMade")}
      description={link === undefined ? t("newInviteText") : t("inviteMadeText")}
    >
      {link === undefined ? <InviteForm onMade={setLink} /> : <InviteLink link={link} onClose={onClose} />}
    </Dialog>
  );
}
