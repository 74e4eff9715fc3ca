"use client";
import { LogOut, Settings } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "use-intl";
import { useMe } from "../engine/engine-context";
import { Avatar } from "../ui/avatar";
import { useToast } from "../ui/toast";
import { useMenu } from "../ui/use-menu";
import { signOut } from "./sign-out";

/** The signed-in user's own menu, at the end of the rail. */
export function UserMenu() {
  const t = useTranslations("navigation");
  const errors = useTranslations("errors");
  const me = useMe();
  const menu = useMenu();
  const router = useRouter();
  const toast = useToast();
  const leave = () => {
    signOut().catch(() => toast({ tone: "danger", text: errors("unavailable") }));
  };
  const items = [
    { id: "settings", label: t("settings"), icon: <Settings />, onSelect: () => router.push("/settings") },
    { id: "sign-out", label: t("signOut"), icon: <LogOut />, separator: true, onSelect: leave },
  ];
  return (
    <>
      <button
        type="button"
        aria-haspopup="menu"
        aria-expanded={menu.isOpen}
        aria-label={t("accountOf", { name: me.name })}
        className="rounded-full"
        onPointerEnter={menu.preload}
        onFocus={menu.preload}
        onClick={(event) =>
          menu.open(
            {
              label: t("account"),
              heading: `${me.name} · @${me.username}`,
              items,
              side: "right",
              align: "end",
            },
            event.currentTarget,
          )
        }
      >
        <Avatar id={me.id} name={me.name} />
      </button>
      {menu.surface}
    </>
  );
}
