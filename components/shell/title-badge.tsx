"use client";
import { usePathname } from "next/navigation";
import { useEffect } from "react";
import { useTranslations } from "use-intl";
import { openIdIn } from "../chat/chat-path";
import { conversationName } from "../chat/conversation-name";
import { useEngine, useMe } from "../engine/engine-context";
import { useStore } from "../engine/use-store";

const COUNT = /^\(\d+\) /;

/** Keeps the tab's title and icon in step: "(3) Ada · Homing" and a dot on the bird while something is unread. */
export function TitleBadge() {
  const { heads, unread } = useStore(useEngine().conversations);
  const me = useMe();
  const t = useTranslations("common");
  const openId = openIdIn(usePathname());
  const head = heads.find((candidate) => candidate.id === openId);
  const name = head && conversationName(head, me.id);

  useEffect(() => {
    const keep = () => {
      const page = name === undefined ? document.title.replace(COUNT, "") : `${name} · ${t("appName")}`;
      const wanted = unread > 0 ? `(${unread}) ${page}` : page;
      if (document.title !== wanted) document.title = wanted;
    };
    keep();
    // Next sets the title anew with every page.
    const observer = new MutationObserver(keep);
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => observer.disconnect();
  }, [unread, name, t]);

  useEffect(() => {
    for (const link of document.head.querySelectorAll<HTMLLinkElement>(
      "link[rel='icon'][type='image/svg+xml']",
    ))
      link.href = unread > 0 ? "/icons/homing-unread.svg" : "/icons/homing.svg";
  }, [unread]);
  return null;
}
