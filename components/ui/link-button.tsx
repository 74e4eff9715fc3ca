import { type ButtonLook, buttonClass } from "./button-class";
import { classNames } from "./class-names";
import { PageLink, type PageLinkProps } from "./page-link";

export type LinkButtonProps = ButtonLook & PageLinkProps;

/** A link that looks like a button: it goes somewhere and changes nothing. */
export function LinkButton({ variant, size, className, ...rest }: LinkButtonProps) {
  const look = { ...(variant && { variant }), ...(size && { size }) };
  return <PageLink {...rest} className={classNames(buttonClass(look), className)} />;
}
