import type { ReactNode } from "react";

export interface LoadingProps {
  /** What loads, in words: its shape says nothing to screen readers. */
  label: string;
  className: string;
  /** Its shape. */
  children: ReactNode;
}

/** Stands where something is going to be. */
export function Loading({ label, className, children }: LoadingProps) {
  return (
    <div aria-busy="true" className={className}>
      <p role="status" className="sr-only">
        {label}
      </p>
      {children}
    </div>
  );
}
