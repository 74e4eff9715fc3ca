"use client";
import { Ellipsis, ShieldCheck, ShieldOff, UserCheck, UserX } from "lucide-react";
import { useTranslations } from "use-intl";
import { IconButton } from "@/components/ui/icon-button";
import type { MenuItem } from "@/components/ui/menu-items";
import { useConfirm } from "@/components/ui/use-confirm";
import { useMenu } from "@/components/ui/use-menu";
import type { Account } from "@/lib/usecases/ports/people-store";
import { useAction } from "../../use-action";
import { setAccountDisabled, setAccountRole } from "./actions";

/** What an admin may do with an account: its role at once, disabling after a question. */
function useAccountItems(account: Account, ask: ReturnType<typeof useConfirm>["ask"]) {
  const t = useTranslations("people");
  const { pending, run } = useAction();
  const { id: user, name } = account;
  const isAdmin = account.role === "admin";
  const role: MenuItem = isAdmin
    ? { id: "role", label: t("removeAdmin"), icon: <ShieldOff />, onSelect: () => setRole("user") }
    : { id: "role", label: t("makeAdmin"), icon: <ShieldCheck />, onSelect: () => setRole("admin") };
  const access: MenuItem =
    account.disabledAt === undefined
      ? {
          id: "disable",
          label: t("disable"),
          icon: <UserX />,
          danger: true,
          separator: true,
          onSelect: askToDisable,
        }
      : { id: "enable", label: t("enable"), icon: <UserCheck />, separator: true, onSelect: enable };

  function setRole(next: "admin" | "user") {
    const text = next === "admin" ? t("madeAdmin", { name }) : t("removedAdmin", { name });
    run(() => setAccountRole({ user, role: next }), { text });
  }
  function enable() {
    run(() => setAccountDisabled({ user, disabled: false }), { text: t("wasEnabled", { name }) });
  }
  function askToDisable() {
    ask({
      title: t("disableTitle", { name }),
      description: t("disableText"),
      action: t("disable"),
      danger: true,
      onConfirm: () =>
        run(() => setAccountDisabled({ user, disabled: true }), { text: t("wasDisabled", { name }) }),
    });
  }
  return { items: [role, access], pending };
}

export function AccountMenu({ account }: { account: Account }) {
  const t = useTranslations("people");
  const menu = useMenu();
  const { ask, dialog } = useConfirm();
  const { items, pending } = useAccountItems(account, ask);
  const label = t("actionsFor", { name: account.name });
  return (
    <>
      <IconButton
        label={label}
        side="left"
        aria-haspopup="menu"
        aria-expanded={menu.isOpen}
        disabled={pending}
        onPointerEnter={menu.preload}
        onFocus={menu.preload}
        onClick={(event) => menu.open({ label, items, align: "end" }, event.currentTarget)}
      >
        <Ellipsis aria-hidden="true" className="size-4.5" />
      </IconButton>
      {menu.surface}
      {dialog}
    </>
  );
}
