"use client";
import { useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import { useConfirm } from "@/components/ui/use-confirm";
import { useAction } from "../../use-action";
import { setNodeDraining } from "./actions";
import type { WatchedNode } from "./node-watch";

export interface NodeDrainProps {
  node: WatchedNode;
  /** No other node takes people in. */
  isLast: boolean;
  onWish: (instance: string, draining: boolean) => void;
}

/** Empties a node after a question, or lets people in again at once. */
export function NodeDrain({ node: { facts, state }, isLast, onWish }: NodeDrainProps) {
  const t = useTranslations("nodes");
  const { pending, run } = useAction();
  const { ask, dialog } = useConfirm();
  const { instance, name, sockets } = facts;

  function set(draining: boolean) {
    run(() => setNodeDraining({ instance, draining }), {
      text: draining ? t("drains", { name }) : t("isOpenAgain", { name }),
      onDone: () => onWish(instance, draining),
    });
  }
  function askToDrain() {
    ask({
      title: t("drainTitle", { name }),
      description: t("drainText", { sockets }),
      action: t("drain"),
      danger: true,
      onConfirm: () => set(true),
    });
  }
  if (state === "draining" || state === "drained") {
    return (
      <Button size="sm" pending={pending} onClick={() => set(false)}>
        {t("reopen")}
      </Button>
    );
  }
  return (
    <div className="flex items-center gap-3">
      {isLast && <p className="text-xs text-muted">{t("isLast")}</p>}
      <Button size="sm" pending={pending} disabled={isLast} onClick={askToDrain}>
        {t("drain")}
      </Button>
      {dialog}
    </div>
  );
}
