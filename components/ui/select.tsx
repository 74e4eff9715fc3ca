import { ChevronDown } from "lucide-react";
import { type ComponentProps, type ReactNode, useId } from "react";
import { classNames } from "./class-names";
import { Field } from "./field";
import { fieldClass } from "./field-class";

export interface SelectProps extends Omit<ComponentProps<"select">, "id" | "size"> {
  label: string;
  hint?: ReactNode;
  hideLabel?: boolean;
  options: readonly { value: string; label: string }[];
}

/** The browser's own select: right on every phone and for every screen reader. */
export function Select({ label, hint, hideLabel = false, options, className, ...rest }: SelectProps) {
  const id = useId();
  return (
    <Field id={id} label={label} hint={hint} error={undefined} hideLabel={hideLabel} className={className}>
      <div className="relative">
        <select
          {...rest}
          id={id}
          aria-describedby={hint ? `${id}-note` : undefined}
          className={classNames(fieldClass, "h-9 appearance-none ps-3 pe-9 text-base sm:text-sm")}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value} className="bg-raised text-ink">
              {option.label}
            </option>
          ))}
        </select>
        <ChevronDown
          aria-hidden="true"
          className="pointer-events-none absolute end-3 top-1/2 size-4 -translate-y-1/2 text-muted"
        />
      </div>
    </Field>
  );
}
