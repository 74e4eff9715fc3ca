import type { ReactNode } from "react";
import { classNames } from "./class-names";

export interface PageProps {
  title: string;
  description?: ReactNode;
  action?: ReactNode;
  /** `narrow` for forms and reading, `wide` for tables. */
  width?: "narrow" | "wide";
  /** On a phone the row of tabs above says where one is: the header would be a second one. */
  underTabs?: boolean;
  children: ReactNode;
}

/** A page of the signed-in part that is not the chat: a header of 56 px that stays, and one scrolling column. */
export function Page({
  title,
  description,
  action,
  width = "narrow",
  underTabs = false,
  children,
}: PageProps) {
  const column = width === "narrow" ? "max-w-2xl" : "max-w-5xl";
  return (
    <div className="flex h-full min-h-0 min-w-0 flex-1 flex-col bg-canvas">
      <header
        className={classNames(
          "flex h-14 shrink-0 items-center gap-3 border-b border-line bg-surface px-4 md:px-6",
          underTabs && "max-md:sr-only",
        )}
      >
        <h1 className="min-w-0 flex-1 truncate text-lg font-semibold">{title}</h1>
        {action}
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain">
        <div className={`mx-auto flex w-full flex-col gap-8 px-4 py-6 md:px-6 md:py-8 ${column}`}>
          {description && <p className="text-sm text-pretty text-muted">{description}</p>}
          {children}
        </div>
      </div>
    </div>
  );
}
