"use client";
import { useRouter } from "next/navigation";
import type { ComponentProps } from "react";

export interface PageLinkProps extends ComponentProps<"a"> {
  href: string;
}

/** A link to another page of Homing: shown without loading everything anew, fetched when somebody comes near. */
export function PageLink({ href, onClick, children, ...rest }: PageLinkProps) {
  const router = useRouter();
  const prefetch = () => router.prefetch(href);
  return (
    <a
      {...rest}
      href={href}
      onPointerEnter={prefetch}
      onFocus={prefetch}
      onClick={(event) => {
        onClick?.(event);
        if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
          return;
        event.preventDefault();
        router.push(href);
      }}
    >
      {children}
    </a>
  );
}
