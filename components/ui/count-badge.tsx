import { classNames } from "./class-names";

export interface CountBadgeProps {
  count: number;
  /** What is counted, read aloud in place of the digits. */
  label: string;
  quiet?: boolean;
  className?: string;
}

/** How many wait; nothing when none do. Above 999 it says so instead of growing. */
export function CountBadge({ count, label, quiet = false, className }: CountBadgeProps) {
  if (count <= 0) return null;
  return (
    <span
      className={classNames(
        "inline-flex h-5 min-w-5 shrink-0 items-center justify-center rounded-full px-1.5 text-2xs font-semibold tabular",
        quiet ? "bg-active text-muted" : "bg-accent text-on-accent",
        className,
      )}
    >
      <span aria-hidden="true">{count > 999 ? "999+" : count}</span>
      <span className="sr-only">{label}</span>
    </span>
  );
}
