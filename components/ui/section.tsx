import { type ReactNode, useId } from "react";

export interface SectionProps {
  title: string;
  description?: ReactNode;
  /** Beside the title. */
  action?: ReactNode;
  children: ReactNode;
}

/** One topic of a settings or admin page: title and explanation, then its card. */
export function Section({ title, description, action, children }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="flex flex-col gap-3">
      <div className="flex items-end justify-between gap-4">
        <div className="min-w-0">
          <h2 id={id} className="font-semibold">
            {title}
          </h2>
          {description && <p className="mt-0.5 text-sm text-pretty text-muted">{description}</p>}
        </div>
        {action}
      </div>
      <div className="rounded-card bg-surface inset-ring inset-ring-line">{children}</div>
    </section>
  );
}
