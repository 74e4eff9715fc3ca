"use client";
import { type ComponentType, type ReactNode, useCallback, useState } from "react";
import { useTranslations } from "use-intl";
import type { ConfirmDialogProps } from "./confirm-dialog";
import { useToast } from "./toast";

const loadDialog = () => import("./confirm-dialog").then((module) => module.ConfirmDialog);

type Question = Omit<ConfirmDialogProps, "open" | "onOpenChange" | "pending">;

/** Asks before something that cannot be undone; the dialog's code is fetched when it is first wanted. */
export function useConfirm(): { ask: (question: Question) => void; dialog: ReactNode } {
  const [shown, setShown] = useState<{ question: Question; Dialog: ComponentType<ConfirmDialogProps> }>();
  const toast = useToast();
  const t = useTranslations("errors");
  const ask = useCallback(
    (question: Question) => {
      loadDialog().then(
        (Dialog) => setShown({ question, Dialog }),
        () => toast({ tone: "danger", text: t("unavailable") }),
      );
    },
    [toast, t],
  );
  if (shown === undefined) return { ask, dialog: null };
  const { question, Dialog } = shown;
  const close = () => setShown(undefined);
  const dialog = (
    <Dialog
      {...question}
      open
      onOpenChange={(open) => open || close()}
      onConfirm={() => {
        question.onConfirm();
        close();
      }}
    />
  );
  return { ask, dialog };
}
