import { classNames } from "./class-names";

export interface ButtonLook {
  variant?: "primary" | "secondary" | "ghost" | "danger" | "danger-quiet";
  size?: "sm" | "md" | "lg";
}

const VARIANTS: Record<NonNullable<ButtonLook["variant"]>, string> = {
  primary: "bg-accent text-on-accent hover:bg-accent-hover",
  secondary: "bg-field text-ink inset-ring inset-ring-line-strong hover:bg-hover active:bg-active",
  ghost: "text-ink hover:bg-hover active:bg-active",
  danger: "bg-danger text-on-accent hover:bg-danger-hover",
  "danger-quiet": "text-danger-ink hover:bg-danger-soft",
};

const SIZES: Record<NonNullable<ButtonLook["size"]>, string> = {
  sm: "h-8 px-3 text-sm gap-1.5",
  md: "h-9 px-3.5 text-sm gap-2",
  lg: "h-11 px-4 text-base gap-2",
};

/** The look of a button, for buttons and for links that act like one. */
export function buttonClass({ variant = "secondary", size = "md" }: ButtonLook): string {
  return classNames(
    "inline-flex shrink-0 select-none items-center justify-center rounded-control font-medium whitespace-nowrap",
    "transition-colors duration-100 disabled:opacity-50 aria-disabled:opacity-50",
    VARIANTS[variant],
    SIZES[size],
  );
}
