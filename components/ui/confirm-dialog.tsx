"use client";
import { Cancel, Content, Description, Overlay, Portal, Root, Title } from "radix-ui/alert-dialog";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Button } from "./button";

export interface ConfirmDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description: ReactNode;
  /** What will happen, as a verb: the label of the button. */
  action: string;
  danger?: boolean;
  pending?: boolean;
  onConfirm: () => void;
}

/** Asks once before something that cannot be undone; the focus is on Cancel. The owner closes it after `onConfirm`. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const {
    open,
    onOpenChange,
    title,
    description,
    action,
    danger = false,
    pending = false,
    onConfirm,
  } = props;
  const t = useTranslations("common");
  return (
    <Root open={open} onOpenChange={onOpenChange}>
      <Portal>
        <Overlay className="fixed inset-0 z-40 animate-fade bg-overlay" />
        <Content className="fixed inset-x-3 top-1/2 z-40 mx-auto max-w-sm -translate-y-1/2 rounded-card bg-raised p-5 shadow-float focus:outline-none">
          <Title className="text-lg font-semibold text-balance">{title}</Title>
          <Description className="mt-1.5 text-sm wrap-anywhere text-muted">{description}</Description>
          <div className="mt-5 flex flex-wrap justify-end gap-2">
            <Cancel asChild>
              <Button>{t("cancel")}</Button>
            </Cancel>
            <Button variant={danger ? "danger" : "primary"} pending={pending} onClick={onConfirm}>
              {action}
            </Button>
          </div>
        </Content>
      </Portal>
    </Root>
  );
}
