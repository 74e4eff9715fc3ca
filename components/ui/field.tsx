import type { ReactNode } from "react";
import { classNames } from "./class-names";

interface FieldProps {
  /** Of the control inside; its note gets `<id>-note`, for `aria-describedby`. */
  id: string;
  label: string;
  hint: ReactNode;
  error: string | undefined;
  hideLabel: boolean;
  className: string | undefined;
  children: ReactNode;
}

/** A control with its label above and its help or error below. */
export function Field({ id, label, hint, error, hideLabel, className, children }: FieldProps) {
  return (
    <div className={classNames("flex flex-col gap-1.5", className)}>
      <label htmlFor={id} className={hideLabel ? "sr-only" : "text-sm font-medium text-ink"}>
        {label}
      </label>
      {children}
      {error ? (
        <p id={`${id}-note`} role="alert" className="text-sm text-danger-ink">
          {error}
        </p>
      ) : (
        hint && (
          <p id={`${id}-note`} className="text-sm text-muted">
            {hint}
          </p>
        )
      )}
    </div>
  );
}
