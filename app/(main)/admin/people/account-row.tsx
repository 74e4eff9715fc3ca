"use client";
import { useTranslations } from "use-intl";
import { useNow } from "@/components/format/use-now";
import { useTimes } from "@/components/format/use-times";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import type { Account } from "@/lib/usecases/ports/people-store";
import { AccountMenu } from "./account-menu";

export function AccountRow({ account, isMe }: { account: Account; isMe: boolean }) {
  const t = useTranslations("people");
  const times = useTimes();
  const now = useNow();
  const seen =
    account.lastSeenAt === undefined
      ? t("neverSeen")
      : t("lastSeen", { when: times.ago(account.lastSeenAt, now) });
  return (
    <li className="flex items-center gap-3 px-4 py-3">
      <Avatar id={account.id} name={account.name} />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <bdi className="max-w-full truncate font-medium">{account.name}</bdi>
          {isMe && <Badge>{t("you")}</Badge>}
          {account.role === "admin" && <Badge tone="accent">{t("admin")}</Badge>}
          {account.disabledAt !== undefined && <Badge tone="danger">{t("disabled")}</Badge>}
        </p>
        <p className="text-sm wrap-anywhere text-muted">
          @{account.username} · {seen}
        </p>
      </div>
      {!isMe && <AccountMenu account={account} />}
    </li>
  );
}
