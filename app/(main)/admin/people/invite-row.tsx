"use client";
import { useTranslations } from "use-intl";
import { useTimes } from "@/components/format/use-times";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import type { Invite } from "@/lib/usecases/ports/people-store";
import { useAction } from "../../use-action";
import { revokeInvite } from "./actions";

function InviteState({ state }: Pick<Invite, "state">) {
  const t = useTranslations("people");
  switch (state) {
    case "open":
      return <Badge tone="success">{t("stateOpen")}</Badge>;
    case "used_up":
      return <Badge>{t("stateUsedUp")}</Badge>;
    case "expired":
      return <Badge>{t("stateExpired")}</Badge>;
    case "revoked":
      return <Badge tone="danger">{t("stateRevoked")}</Badge>;
  }
}

export function InviteRow({ invite }: { invite: Invite }) {
  const t = useTranslations("people");
  const times = useTimes();
  const { pending, run } = useAction();
  return (
    <li className="flex items-center gap-3 px-4 py-3">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="font-medium tabular-nums">
            {t("usesOf", { uses: invite.uses, max: invite.maxUses })}
          </span>
          <InviteState state={invite.state} />
        </p>
        <p className="text-sm wrap-anywhere text-muted">
          {t("madeBy", { name: invite.createdBy.name })} ·{" "}
          {t("validUntil", { when: times.full(invite.expiresAt) })}
        </p>
      </div>
      {invite.state === "open" && (
        <Button
          size="sm"
          variant="danger-quiet"
          pending={pending}
          onClick={() => run(() => revokeInvite(invite.id), { text: t("inviteRevoked") })}
        >
          {t("revokeInvite")}
        </Button>
      )}
    </li>
  );
}
