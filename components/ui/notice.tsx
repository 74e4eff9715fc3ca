import { CircleAlert, CircleCheck, Info } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "./class-names";

const TONES = {
  info: { look: "bg-accent-softer text-ink [&>svg]:text-accent-ink", Icon: Info },
  success: { look: "bg-success-soft text-success-ink", Icon: CircleCheck },
  danger: { look: "bg-danger-soft text-danger-ink", Icon: CircleAlert },
};

/** A sentence that belongs to a form or a page and stays; a danger is read aloud when it appears. */
export function Notice({ tone = "info", children }: { tone?: keyof typeof TONES; children: ReactNode }) {
  const { look, Icon } = TONES[tone];
  return (
    <div
      role={tone === "danger" ? "alert" : "status"}
      className={classNames("flex items-start gap-2.5 rounded-control px-3 py-2.5 text-sm", look)}
    >
      <Icon aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 wrap-anywhere">{children}</div>
    </div>
  );
}
