"use client";
import { useTranslations } from "use-intl";
import type { OnlineUser } from "@/lib/contract/shapes";
import { PresenceMark } from "../chat/presence-mark";
import { useDeviceLabel } from "../format/use-device-label";
import { useTimes } from "../format/use-times";
import { Avatar } from "../ui/avatar";
import type { ConnectionRow } from "./online-connections";

/** The cells of one connection; on a phone device and node stand below the person. */
export function OnlineRow({ row: { user, connection, isFirst }, now }: { row: ConnectionRow; now: Date }) {
  const t = useTranslations("online");
  const labelOf = useDeviceLabel();
  const times = useTimes();
  const since = new Date(connection.since);
  const device = connection.idle === true ? `${labelOf(connection)} · ${t("idle")}` : labelOf(connection);
  return (
    <>
      <td className="flex min-w-0 items-center gap-3">
        {isFirst ? (
          <Picture user={user} />
        ) : (
          <span aria-hidden="true" data-continues="" className="w-9 shrink-0" />
        )}
        <div className="min-w-0">
          {isFirst ? <Person user={user} /> : <span className="sr-only">{user.name}</span>}
          <p className="truncate text-xs text-muted md:hidden">
            {device} · {connection.node}
          </p>
        </div>
      </td>
      <td className="truncate text-muted max-md:hidden">{device}</td>
      <td className="truncate text-muted max-md:hidden">
        <bdi>{connection.node}</bdi>
      </td>
      <td className="text-muted tabular max-md:text-end">
        <time dateTime={connection.since} title={times.full(since)}>
          {times.lasted(Math.max(0, now.getTime() - since.getTime()))}
        </time>
      </td>
    </>
  );
}

function Picture({ user }: { user: OnlineUser }) {
  return (
    <span className="relative inline-flex shrink-0">
      <Avatar id={user.id} name={user.name} />
      <PresenceMark state={user.away === true ? "away" : "online"} />
    </span>
  );
}

function Person({ user }: { user: OnlineUser }) {
  const t = useTranslations("online");
  return (
    <>
      <p className="truncate font-medium">
        <bdi>{user.name}</bdi>
      </p>
      <p className="truncate text-xs text-muted max-md:hidden">
        @{user.username}
        {user.sockets > 1 && (
          <>
            {" "}
            · {t("deviceCount", { count: user.devices })}, {t("connectionCount", { count: user.sockets })}
          </>
        )}
      </p>
    </>
  );
}
