import { classNames } from "./class-names";

/** Turns while something is under way; say what in words beside it, or by `aria-busy` around it. */
export function Spinner({ className }: { className?: string }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 16 16"
      className={classNames("size-4 animate-spin", className)}
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
    >
      <circle cx="8" cy="8" r="6" className="opacity-20" />
      <path d="M14 8a6 6 0 0 0-6-6" />
    </svg>
  );
}
