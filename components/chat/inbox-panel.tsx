"use client";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { IconButton } from "../ui/icon-button";

/** The inbox beside an open conversation, where there is room for it. */
export function InboxPanel({ onClose, children }: { onClose: () => void; children: ReactNode }) {
  const t = useTranslations("inbox");
  const chat = useTranslations("chat");
  return (
    <aside
      aria-label={t("title")}
      className="hidden min-h-0 w-90 shrink-0 animate-sheet flex-col border-s border-line bg-canvas xl:flex"
    >
      <header className="flex h-14 shrink-0 items-center gap-2 border-b border-line ps-5 pe-3">
        <h2 className="flex-1 font-semibold">{t("title")}</h2>
        <IconButton label={chat("hideInbox")} onClick={onClose}>
          <X aria-hidden="true" className="size-4.5" />
        </IconButton>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain">{children}</div>
    </aside>
  );
}
