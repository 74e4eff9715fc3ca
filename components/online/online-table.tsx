"use client";
import { useMemo, useRef } from "react";
import { useTranslations } from "use-intl";
import { type CustomContainerComponentProps, type CustomItemComponentProps, Virtualizer } from "virtua";
import type { OnlineUser } from "@/lib/contract/shapes";
import { useNow } from "../format/use-now";
import { keyboardScrollable } from "../ui/keyboard-scrollable";
import { connectionRows } from "./online-connections";
import { OnlineRow } from "./online-row";

const HEADS = ["person", "device", "node", "since"] as const;
const ROW_PX = 56;

/** Every connection with its device and node. However many they are: only the rows in view are drawn. */
export function OnlineTable({ users }: { users: readonly OnlineUser[] }) {
  const t = useTranslations("online");
  const now = useNow(1_000);
  const rows = useMemo(() => connectionRows(users), [users]);
  const scroller = useRef<HTMLElement>(null);
  return (
    <section
      ref={scroller}
      aria-label={t("title")}
      {...keyboardScrollable}
      className="max-h-[calc(100dvh-14rem)] overflow-y-auto rounded-card border border-line bg-surface"
    >
      <table aria-rowcount={rows.length + 1} className="block text-start">
        <thead className="sticky top-0 z-10 block border-b border-line bg-surface max-md:sr-only">
          <tr className="online-grid px-4 py-2.5">
            {HEADS.map((head) => (
              <th key={head} scope="col" className="text-start text-xs font-medium text-muted">
                {t(head)}
              </th>
            ))}
          </tr>
        </thead>
        <Virtualizer as={Body} item={Row} data={rows} itemSize={ROW_PX} scrollRef={scroller}>
          {(row) => <OnlineRow key={row.key} row={row} now={now} />}
        </Virtualizer>
      </table>
    </section>
  );
}

function Body({ ref, style, children }: CustomContainerComponentProps) {
  return (
    <tbody ref={ref} style={{ ...style, display: "block" }}>
      {children}
    </tbody>
  );
}

function Row({ ref, style, index, children }: CustomItemComponentProps) {
  return (
    <tr
      ref={ref}
      aria-rowindex={index + 2}
      // The list's own style places it; it would also make it a block.
      style={{ ...style, display: "grid" }}
      className="online-grid h-14 items-center px-4 text-sm not-last:inset-shadow-line [&:has(+tr_[data-continues])]:[box-shadow:none]"
    >
      {children}
    </tr>
  );
}
