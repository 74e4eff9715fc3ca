import { Inbox, type LucideIcon, MessageCircle, Settings, ShieldCheck } from "lucide-react";
import type { Catalogue } from "@/lib/i18n/catalogue";

export interface NavigationItem {
  href: string;
  /** Everything below this path counts as being there. */
  root: string;
  label: Extract<keyof Catalogue["navigation"], "chat" | "inbox" | "admin" | "settings">;
  Icon: LucideIcon;
  adminOnly?: true;
}

/** The places of the signed-in part, in the order of the rail and the bar. */
export const NAVIGATION: readonly NavigationItem[] = [
  { href: "/chat", root: "/chat", label: "chat", Icon: MessageCircle },
  { href: "/inbox", root: "/inbox", label: "inbox", Icon: Inbox },
  { href: "/admin/online", root: "/admin", label: "admin", Icon: ShieldCheck, adminOnly: true },
  { href: "/settings", root: "/settings", label: "settings", Icon: Settings },
];
