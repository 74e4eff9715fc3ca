"use client";
import { Monitor, Smartphone, Terminal } from "lucide-react";
import { useTranslations } from "use-intl";
import { useDeviceLabel } from "@/components/format/use-device-label";
import { useNow } from "@/components/format/use-now";
import { useTimes } from "@/components/format/use-times";
import { signOut } from "@/components/shell/sign-out";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { type DeviceName, deviceName } from "@/lib/domain/device-name";
import { useAction } from "../use-action";
import { revokeSession } from "./actions";
import type { ListedSession } from "./listed-session";

const PHONES = new Set(["iPhone", "iPad", "Android"]);

function iconOf({ system }: DeviceName) {
  if (system === undefined) return Terminal;
  return PHONES.has(system) ? Smartphone : Monitor;
}

export function SessionRow({ session }: { session: ListedSession }) {
  const t = useTranslations("settings");
  const times = useTimes();
  const now = useNow();
  const device = deviceName(session.userAgent);
  const label = useDeviceLabel()(device);
  const Icon = iconOf(device);
  return (
    <li className="flex items-center gap-3 p-4">
      <Icon aria-hidden="true" className="size-5 shrink-0 text-muted" />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="truncate font-medium">{label}</span>
          {session.current && <Badge tone="success">{t("thisDevice")}</Badge>}
        </p>
        <p className="text-sm wrap-anywhere text-muted">
          {session.current ? t("activeNow") : t("lastActive", { when: times.ago(session.lastSeenAt, now) })}
          {session.address !== "" && (
            <>
              {" · "}
              <bdi>{session.address}</bdi>
            </>
          )}
        </p>
        <p className="text-sm text-muted">{t("signedInOn", { when: times.day(session.createdAt, now) })}</p>
      </div>
      {session.current ? <SignOutButton /> : <RevokeButton session={session} device={label} />}
    </li>
  );
}

function SignOutButton() {
  const t = useTranslations("settings");
  const errors = useTranslations("errors");
  const toast = useToast();
  const leave = () => {
    signOut().catch(() => toast({ tone: "danger", text: errors("unavailable") }));
  };
  return (
    <Button size="sm" onClick={leave}>
      {t("signOut")}
    </Button>
  );
}

function RevokeButton({ session, device }: { session: ListedSession; device: string }) {
  const t = useTranslations("settings");
  const { pending, run } = useAction();
  return (
    <Button
      size="sm"
      variant="danger-quiet"
      pending={pending}
      aria-label={t("revokeNamed", { device })}
      onClick={() => run(() => revokeSession(session.id), { text: t("revoked") })}
    >
      {t("revoke")}
    </Button>
  );
}
