import type { ReactNode } from "react";
import { classNames } from "./class-names";

export interface EmptyStateProps {
  icon?: ReactNode;
  title: string;
  /** It is all there is on the page: the title is the page's. */
  page?: boolean;
  description?: ReactNode;
  /** The one next step. */
  action?: ReactNode;
  className?: string;
}

export function EmptyState({ icon, title, page = false, description, action, className }: EmptyStateProps) {
  const Title = page ? "h1" : "p";
  return (
    <div
      className={classNames("flex flex-col items-center justify-center px-6 py-10 text-center", className)}
    >
      {icon && (
        <div className="mb-4 grid size-12 place-items-center rounded-card bg-accent-softer text-accent-ink [&_svg]:size-6 [&_svg]:stroke-[1.75]">
          {icon}
        </div>
      )}
      <Title className="font-semibold text-balance">{title}</Title>
      {description && <p className="mt-1 max-w-80 text-sm text-pretty text-muted">{description}</p>}
      {action && <div className="mt-5">{action}</div>}
    </div>
  );
}
