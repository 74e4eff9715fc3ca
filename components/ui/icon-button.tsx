import type { ComponentProps, ReactNode } from "react";
import { classNames } from "./class-names";

export interface IconButtonProps extends Omit<ComponentProps<"button">, "aria-label" | "children"> {
  /** Its name, read aloud and shown as a tooltip. */
  label: string;
  /** Shown after the label, for example a keyboard shortcut. */
  hint?: string;
  side?: "top" | "right" | "bottom" | "left";
  size?: "sm" | "md";
  children: ReactNode;
}

/** A button that is only an icon; at least 32 px, 36 px by default. */
export function IconButton(props: IconButtonProps) {
  const { label, hint, side = "bottom", size = "md", type = "button", className, children, ...rest } = props;
  return (
    <button
      {...rest}
      type={type}
      aria-label={label}
      data-tooltip={label}
      data-tooltip-hint={hint}
      data-tooltip-side={side}
      className={classNames(
        "inline-grid shrink-0 place-items-center rounded-control text-muted transition-colors duration-100",
        "hover:bg-hover hover:text-ink active:bg-active aria-pressed:bg-active aria-pressed:text-ink",
        "aria-expanded:bg-active aria-expanded:text-ink disabled:opacity-50",
        size === "sm" ? "size-8" : "size-9",
        className,
      )}
    >
      {children}
    </button>
  );
}
