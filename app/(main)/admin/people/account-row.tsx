"use client";
import { useTranslations } from "use-intl";
import { PresenceDot } from "@/components/chat/presence-dot";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import type { Account } from "@/lib/usecases/ports/people-store";
import { AccountMenu } from "./account-menu";
import { AccountSeen } from "./account-seen";

export function AccountRow({ account, isMe }: { account: Account; isMe: boolean }) {
  const t = useTranslations("people");
  return (
    <li className="flex items-center gap-3 px-4 py-3">
      <span className="relative inline-flex shrink-0">
        <Avatar id={account.id} name={account.name} />
        <PresenceDot userId={account.id} />
      </span>
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <bdi className="max-w-full truncate font-medium">{account.name}</bdi>
          {isMe && <Badge>{t("you")}</Badge>}
          {account.role === "admin" && <Badge tone="accent">{t("admin")}</Badge>}
          {account.disabledAt !== undefined && <Badge tone="danger">{t("disabled")}</Badge>}
        </p>
        <p className="flex text-sm whitespace-pre text-muted">
          <span className="truncate">@{account.username}</span>
          <span className="shrink-0">
            {" · "}
            <AccountSeen account={account} />
          </span>
        </p>
      </div>
      {!isMe && <AccountMenu account={account} />}
    </li>
  );
}
