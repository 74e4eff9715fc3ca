"use client";
import { Eye, EyeOff } from "lucide-react";
import { type ComponentProps, type ReactNode, useId, useState } from "react";
import { useTranslations } from "use-intl";
import { classNames } from "./class-names";
import { Field } from "./field";
import { fieldClass } from "./field-class";

export interface PasswordFieldProps extends Omit<ComponentProps<"input">, "id" | "size" | "type"> {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  size?: "md" | "lg";
  /** Tells password managers whether to fill in or to suggest. */
  autoComplete: "current-password" | "new-password";
}

export function PasswordField(props: PasswordFieldProps) {
  const { label, hint, error, size = "md", className, ...rest } = props;
  const id = useId();
  const t = useTranslations("common");
  const [shown, setShown] = useState(false);
  const Icon = shown ? EyeOff : Eye;
  return (
    <Field id={id} label={label} hint={hint} error={error} hideLabel={false} className={className}>
      <div className="relative">
        <input
          {...rest}
          id={id}
          type={shown ? "text" : "password"}
          spellCheck={false}
          autoCapitalize="none"
          aria-invalid={error !== undefined || undefined}
          aria-describedby={error || hint ? `${id}-note` : undefined}
          className={classNames(
            fieldClass,
            "pe-11",
            size === "lg" ? "h-11 ps-3.5 text-base" : "h-9 ps-3 text-base sm:text-sm",
          )}
        />
        <button
          type="button"
          aria-pressed={shown}
          aria-label={t("showPassword")}
          onClick={() => setShown(!shown)}
          className="absolute inset-y-0 end-0 grid w-10 place-items-center rounded-control text-muted hover:text-ink"
        >
          <Icon aria-hidden="true" className="size-4" />
        </button>
      </div>
    </Field>
  );
}
