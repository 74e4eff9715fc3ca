import Link from "next/link";
import type { ComponentProps } from "react";
import { type ButtonLook, buttonClass } from "./button-class";
import { classNames } from "./class-names";

export type LinkButtonProps = ButtonLook & ComponentProps<typeof Link>;

/** A link that looks like a button: it goes somewhere and changes nothing. */
export function LinkButton({ variant, size, className, ...rest }: LinkButtonProps) {
  const look = { ...(variant && { variant }), ...(size && { size }) };
  return <Link {...rest} className={classNames(buttonClass(look), className)} />;
}
