"use client";
import { Root, Thumb } from "radix-ui/switch";
import { type ComponentProps, type ReactNode, useId } from "react";

export interface SwitchProps extends Omit<ComponentProps<typeof Root>, "id" | "children"> {
  label: string;
  hint?: ReactNode;
}

/** On or off, in effect at once. */
export function Switch({ label, hint, ...rest }: SwitchProps) {
  const id = useId();
  return (
    <div className="flex items-start justify-between gap-4">
      <div className="min-w-0">
        <label htmlFor={id} className="text-sm font-medium">
          {label}
        </label>
        {hint && (
          <p id={`${id}-note`} className="mt-0.5 text-sm text-muted">
            {hint}
          </p>
        )}
      </div>
      <Root
        {...rest}
        id={id}
        aria-describedby={hint ? `${id}-note` : undefined}
        className="relative mt-0.5 h-6 w-10 shrink-0 rounded-full bg-line-control transition-colors duration-150 disabled:opacity-50 data-[state=checked]:bg-accent"
      >
        <Thumb className="block size-5 translate-x-0.5 rounded-full bg-on-accent transition-transform duration-150 data-[state=checked]:translate-x-4.5 rtl:-translate-x-0.5 rtl:data-[state=checked]:-translate-x-4.5" />
      </Root>
    </div>
  );
}
