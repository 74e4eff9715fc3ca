import type { ReactNode } from "react";

/** One line of a menu; `separator` draws a hairline above it. */
export interface MenuItem {
  id: string;
  label: string;
  icon?: ReactNode;
  danger?: boolean;
  disabled?: boolean;
  separator?: boolean;
  onSelect: () => void;
}
