"use client";
import { Content, Portal, Root, Trigger } from "radix-ui/tooltip";
import type { ReactNode } from "react";

export interface TooltipProps {
  label: string;
  hint?: string;
  side?: "top" | "right" | "bottom" | "left";
  /** One element that takes a ref; it needs its own accessible name. */
  children: ReactNode;
}

/** Names what the pointer or the keyboard is on. Needs the `TooltipProvider` of the root layout. */
export function Tooltip({ label, hint, side = "bottom", children }: TooltipProps) {
  return (
    <Root>
      <Trigger asChild>{children}</Trigger>
      <Portal>
        <Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="z-50 max-w-64 animate-fade rounded-control bg-ink px-2 py-1 text-xs text-surface"
        >
          {label}
          {hint !== undefined && <kbd className="ms-2 font-sans opacity-70">{hint}</kbd>}
        </Content>
      </Portal>
    </Root>
  );
}
