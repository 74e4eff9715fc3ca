import { type ComponentProps, type ReactNode, useId } from "react";
import { classNames } from "./class-names";
import { Field } from "./field";
import { fieldClass } from "./field-class";

export interface TextFieldProps extends Omit<ComponentProps<"input">, "id" | "size"> {
  label: string;
  /** Help that stays below the field. */
  hint?: ReactNode;
  /** What is wrong; replaces the hint and marks the field. */
  error?: string | undefined;
  /** Keeps the label for screen readers only. */
  hideLabel?: boolean;
  size?: "md" | "lg";
}

export function TextField(props: TextFieldProps) {
  const { label, hint, error, hideLabel = false, size = "md", className, ...rest } = props;
  const id = useId();
  return (
    <Field id={id} label={label} hint={hint} error={error} hideLabel={hideLabel} className={className}>
      <input
        {...rest}
        id={id}
        aria-invalid={error !== undefined || undefined}
        aria-describedby={error || hint ? `${id}-note` : undefined}
        className={classNames(
          fieldClass,
          size === "lg" ? "h-11 px-3.5 text-base" : "h-9 px-3 text-base sm:text-sm",
        )}
      />
    </Field>
  );
}
