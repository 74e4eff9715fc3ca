"use client";
import { useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import { Section } from "@/components/ui/section";
import { useConfirm } from "@/components/ui/use-confirm";
import { useAction } from "../use-action";
import { revokeOtherSessions } from "./actions";
import type { ListedSession } from "./listed-session";
import { SessionRow } from "./session-row";

/** Where the user is signed in, this device first. */
export function SessionList({ sessions }: { sessions: ListedSession[] }) {
  const t = useTranslations("settings");
  const { pending, run } = useAction();
  const { ask, dialog } = useConfirm();
  const others = sessions.filter((session) => !session.current);
  const ordered = [...sessions.filter((session) => session.current), ...others];
  const revokeOthers = () =>
    ask({
      title: t("revokeOthersTitle"),
      description: t("revokeOthersText", { count: others.length }),
      action: t("revokeOthers"),
      danger: true,
      onConfirm: () => run(revokeOtherSessions, { text: t("othersRevoked") }),
    });
  const action = others.length > 0 && (
    <Button size="sm" pending={pending} onClick={revokeOthers}>
      {t("revokeOthers")}
    </Button>
  );
  return (
    <Section title={t("sessions")} description={t("sessionsText")} action={action}>
      <ul className="divide-y divide-line">
        {ordered.map((session) => (
          <SessionRow key={session.id} session={session} />
        ))}
      </ul>
      {dialog}
    </Section>
  );
}
