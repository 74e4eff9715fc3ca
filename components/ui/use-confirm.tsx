"use client";
import { type ComponentType, type ReactNode, useCallback, useState } from "react";
import { useTranslations } from "use-intl";
import type { ConfirmDialogProps } from "./confirm-dialog";
import { useToast } from "./toast";

const loadDialog = () => import("./confirm-dialog").then((module) => module.ConfirmDialog);

interface Question extends Omit<ConfirmDialogProps, "open" | "onOpenChange" | "pending"> {
  /** Gets the focus afterwards; without it, whatever has it before. */
  returnFocus?: HTMLElement;
}

/** A menu that closes puts the focus back within a frame; the dialog is to find it there, and gives it back there. */
function afterFocusSettled(run: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(run));
}

/** Asks before something that cannot be undone; the dialog's code is fetched when it is first wanted. */
export function useConfirm(): { ask: (question: Question) => void; dialog: ReactNode } {
  const [shown, setShown] = useState<{ question: Question; Dialog: ComponentType<ConfirmDialogProps> }>();
  const toast = useToast();
  const t = useTranslations("errors");
  const ask = useCallback(
    (question: Question) => {
      loadDialog().then(
        (Dialog) => afterFocusSettled(() => setShown({ question, Dialog })),
        () => toast({ tone: "danger", text: t("unavailable") }),
      );
    },
    [toast, t],
  );
  if (shown === undefined) return { ask, dialog: null };
  const { Dialog } = shown;
  const { returnFocus, ...question } = shown.question;
  const close = () => {
    setShown(undefined);
    if (returnFocus) afterFocusSettled(() => returnFocus.focus({ preventScroll: true }));
  };
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
