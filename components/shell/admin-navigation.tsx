"use client";
import { usePathname } from "next/navigation";
import { useTranslations } from "use-intl";
import { classNames } from "../ui/class-names";
import { PageLink } from "../ui/page-link";

const PLACES = [
  { href: "/admin/online", label: "adminOnline" },
  { href: "/admin/people", label: "adminPeople" },
  { href: "/admin/nodes", label: "adminNodes" },
] as const;

/** The operators' places: a column beside the page, a row above it on a phone. */
export function AdminNavigation() {
  const t = useTranslations("navigation");
  const pathname = usePathname();
  return (
    <nav
      aria-label={t("admin")}
      className="flex shrink-0 flex-col border-line max-md:border-b max-md:bg-surface md:bg-canvas md:w-52 md:border-e"
    >
      <p className="hidden h-14 items-center px-5 text-lg font-semibold tracking-tight md:flex">
        {t("admin")}
      </p>
      <ul className="flex h-14 items-center gap-1 px-2 md:h-auto md:flex-col md:items-stretch md:px-3 md:py-0">
        {PLACES.map(({ href, label }) => (
          <li key={href}>
            <PageLink
              href={href}
              aria-current={pathname.startsWith(href) ? "page" : undefined}
              className={classNames(
                "flex h-9 items-center rounded-control px-3 text-sm font-medium",
                pathname.startsWith(href) ? "bg-active text-ink" : "text-muted hover:bg-hover hover:text-ink",
              )}
            >
              {t(label)}
            </PageLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
