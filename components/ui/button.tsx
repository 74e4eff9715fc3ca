import type { ComponentProps } from "react";
import { type ButtonLook, buttonClass } from "./button-class";
import { classNames } from "./class-names";
import { Spinner } from "./spinner";

export interface ButtonProps extends ButtonLook, ComponentProps<"button"> {
  /** What it started is under way: it shows a spinner, keeps its width and name, and takes no second press. */
  pending?: boolean;
}

export function Button(props: ButtonProps) {
  const { variant, size, pending = false, type = "button", className, children, disabled, ...rest } = props;
  const look = { ...(variant && { variant }), ...(size && { size }) };
  return (
    <button
      {...rest}
      type={type}
      disabled={disabled || pending}
      aria-busy={pending || undefined}
      className={classNames("relative", buttonClass(look), className)}
    >
      <span className={pending ? "inline-flex items-center gap-2 opacity-0" : "contents"}>{children}</span>
      {pending && (
        <span className="absolute inset-0 grid place-items-center">
          <Spinner />
        </span>
      )}
    </button>
  );
}
