"use client";
import { useTranslations } from "use-intl";
import type { OnlineUser } from "@/lib/contract/shapes";
import { useTimes } from "../format/use-times";
import { Avatar } from "../ui/avatar";

/** The cells of one user who is connected; on a phone only who and since when. */
export function OnlineRow({ user, now }: { user: OnlineUser; now: Date }) {
  const t = useTranslations("online");
  const times = useTimes();
  const since = new Date(user.since);
  const lasted = times.lasted(now.getTime() - since.getTime());
  return (
    <>
      <td className="flex min-w-0 items-center gap-3">
        <span className="relative inline-flex shrink-0">
          <Avatar id={user.id} name={user.name} />
          <span className="absolute end-0 bottom-0 size-2.5 rounded-full bg-online outline-2 outline-surface" />
        </span>
        <div className="min-w-0">
          <p className="truncate font-medium">
            <bdi>{user.name}</bdi>
          </p>
          <p className="truncate text-xs text-muted">@{user.username}</p>
        </div>
      </td>
      <td className="text-muted tabular max-md:text-end">
        <time dateTime={user.since} title={times.full(since)}>
          {lasted}
        </time>
      </td>
      <td className="text-muted tabular max-md:hidden">{t("deviceCount", { count: user.devices })}</td>
      <td className="text-muted tabular max-md:hidden">{t("connectionCount", { count: user.sockets })}</td>
      <td className="truncate text-muted max-md:hidden">{user.nodes.join(", ")}</td>
    </>
  );
}
