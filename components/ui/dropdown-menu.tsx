"use client";
import { Content, Item, Portal, Root, Separator, Trigger } from "radix-ui/dropdown-menu";
import type { ComponentProps, ReactNode } from "react";
import { classNames } from "./class-names";

export const DropdownMenu = Root;
export const DropdownMenuTrigger = Trigger;

/** The floating list. Put `DropdownMenuItem`s and `DropdownMenuSeparator`s in it. */
export function DropdownMenuContent({ className, ...rest }: ComponentProps<typeof Content>) {
  return (
    <Portal>
      <Content
        sideOffset={6}
        collisionPadding={8}
        {...rest}
        className={classNames(
          "z-50 min-w-44 max-w-72 animate-rise rounded-card bg-raised p-1 shadow-float focus:outline-none",
          className,
        )}
      />
    </Portal>
  );
}

export interface DropdownMenuItemProps extends ComponentProps<typeof Item> {
  icon?: ReactNode;
  danger?: boolean;
}

export function DropdownMenuItem({
  icon,
  danger = false,
  className,
  children,
  ...rest
}: DropdownMenuItemProps) {
  return (
    <Item
      {...rest}
      className={classNames(
        "flex min-h-9 cursor-default items-center gap-2.5 rounded-control px-2.5 py-1.5 text-sm select-none",
        "data-disabled:opacity-50 data-highlighted:outline-none [&_svg]:size-4 [&_svg]:shrink-0",
        danger
          ? "text-danger-ink data-highlighted:bg-danger-soft"
          : "text-ink data-highlighted:bg-hover [&_svg]:text-muted",
        className,
      )}
    >
      {icon}
      {children}
    </Item>
  );
}

export function DropdownMenuSeparator() {
  return <Separator className="mx-1 my-1 h-px bg-line" />;
}
