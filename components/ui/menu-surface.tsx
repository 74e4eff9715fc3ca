"use client";
import { Content, Item, Label, Portal, Root, Separator, Trigger } from "radix-ui/dropdown-menu";
import { Fragment } from "react";
import { classNames } from "./class-names";
import type { MenuItem } from "./menu-items";

export interface MenuSurfaceProps {
  /** Where it opens, in the viewport's coordinates. */
  anchor: { left: number; top: number; width: number; height: number };
  /** Its accessible name. */
  label: string;
  /** Shown above the items, for example who is signed in. */
  heading?: string;
  items: readonly MenuItem[];
  side?: "top" | "right" | "bottom" | "left";
  align?: "start" | "center" | "end";
  /** Closed by a choice, by Escape or by a press outside. The opener puts the focus back. */
  onClose: () => void;
}

/** An open menu, by itself: `useMenu` loads it when it is first asked for. */
export function MenuSurface(props: MenuSurfaceProps) {
  const { anchor, label, heading, items, side = "bottom", align = "end", onClose } = props;
  return (
    <Root open modal={false} onOpenChange={(open) => open || onClose()}>
      <Trigger asChild>
        <span aria-hidden="true" tabIndex={-1} className="pointer-events-none fixed" style={anchor} />
      </Trigger>
      <Portal>
        <Content
          side={side}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          aria-label={label}
          onCloseAutoFocus={(event) => event.preventDefault()}
          className="z-50 min-w-44 max-w-72 animate-rise rounded-card bg-raised p-1 shadow-float focus:outline-none"
        >
          {heading !== undefined && (
            <Label className="truncate px-2.5 pt-1.5 pb-1 text-xs text-muted">{heading}</Label>
          )}
          {items.map((item) => (
            <Fragment key={item.id}>
              {item.separator && <Separator className="mx-1 my-1 h-px bg-line" />}
              <MenuLine item={item} />
            </Fragment>
          ))}
        </Content>
      </Portal>
    </Root>
  );
}

function MenuLine({ item }: { item: MenuItem }) {
  return (
    <Item
      disabled={item.disabled ?? false}
      onSelect={item.onSelect}
      className={classNames(
        "flex min-h-9 cursor-default items-center gap-2.5 rounded-control px-2.5 py-1.5 text-sm select-none",
        "data-disabled:opacity-50 data-highlighted:outline-none [&_svg]:size-4 [&_svg]:shrink-0",
        item.danger
          ? "text-danger-ink data-highlighted:bg-danger-soft"
          : "text-ink data-highlighted:bg-hover [&_svg]:text-muted",
      )}
    >
      {item.icon}
      <span className="min-w-0 truncate">{item.label}</span>
    </Item>
  );
}
