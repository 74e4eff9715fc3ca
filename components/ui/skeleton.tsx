import { classNames } from "./class-names";

/** The shape of what is loading. Decoration: `Loading` around it says in words that something loads. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={classNames("block animate-breathe rounded-control bg-active", className)}
    />
  );
}
