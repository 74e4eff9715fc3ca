"use client";
import { usePathname } from "next/navigation";
import { useTranslations } from "use-intl";
import type { ConversationList } from "@/lib/client/engine";
import { BrandMark } from "../brand-mark";
import { openIdIn } from "../chat/chat-path";
import { useEngine, useMe } from "../engine/engine-context";
import { useSelected } from "../engine/use-store";
import { classNames } from "../ui/class-names";
import { CountBadge } from "../ui/count-badge";
import { PageLink } from "../ui/page-link";
import { NAVIGATION, type NavigationItem } from "./navigation-items";
import { UserMenu } from "./user-menu";

const unreadOf = (list: ConversationList) => list.unread;

/** Where one can go: a rail at the side, a bar at the bottom of a phone, where an open conversation takes its place. */
export function Navigation() {
  const t = useTranslations("navigation");
  const me = useMe();
  const pathname = usePathname();
  const items = NAVIGATION.filter((item) => !item.adminOnly || me.role === "admin");
  const inConversation = openIdIn(pathname) !== undefined;
  return (
    <nav
      aria-label={t("label")}
      className={classNames(
        "order-last shrink-0 border-line bg-canvas max-md:border-t max-md:pb-[env(safe-area-inset-bottom)]",
        "md:order-first md:flex md:w-16 md:flex-col md:items-center md:border-e md:py-3",
        inConversation && "max-md:hidden",
      )}
    >
      <BrandMark className="mb-4 hidden size-9 md:block" />
      <ul className="flex md:flex-col md:gap-1.5">
        {items.map((item) => (
          <NavigationLink key={item.href} item={item} current={isWithin(pathname, item.root)} />
        ))}
      </ul>
      <div className="mt-auto hidden md:block">
        <UserMenu />
      </div>
    </nav>
  );
}

function isWithin(pathname: string, root: string): boolean {
  return pathname === root || pathname.startsWith(`${root}/`);
}

function NavigationLink({ item, current }: { item: NavigationItem; current: boolean }) {
  const t = useTranslations("navigation");
  const unread = useSelected(useEngine().conversations, unreadOf);
  const { Icon, label } = item;
  return (
    <li className="max-md:flex-1">
      <PageLink
        href={item.href}
        aria-current={current ? "page" : undefined}
        data-tooltip={t(label)}
        data-tooltip-side="right"
        className={classNames(
          "relative flex flex-col items-center justify-center gap-0.5 text-2xs font-medium transition-colors duration-100",
          "h-14 md:size-11 md:rounded-card",
          current ? "text-accent-ink md:bg-accent-soft" : "text-muted hover:text-ink md:hover:bg-hover",
        )}
      >
        <Icon aria-hidden="true" className="size-5.5" strokeWidth={current ? 2.1 : 1.8} />
        <span className="md:sr-only">{t(label)}</span>
        {label === "inbox" && (
          <CountBadge
            count={unread}
            label={t("unread", { count: unread })}
            className="absolute top-1 left-1/2 ms-1 h-4.5! min-w-4.5! outline-2 outline-canvas md:top-0 md:ms-0"
          />
        )}
      </PageLink>
    </li>
  );
}
