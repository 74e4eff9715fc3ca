"use client";
import { X } from "lucide-react";
import { Close, Content, Description, Overlay, Portal, Root, Title } from "radix-ui/dialog";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";

export interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  children: ReactNode;
}

/** A modal window: takes the focus, closes by Escape, the cross or a press outside, and gives the focus back. */
export function Dialog({ open, onOpenChange, title, description, children }: DialogProps) {
  const t = useTranslations("common");
  return (
    <Root open={open} onOpenChange={onOpenChange}>
      <Portal>
        <Overlay className="fixed inset-0 z-40 animate-fade bg-overlay" />
        <Content
          {...(description === undefined && { "aria-describedby": undefined })}
          className="fixed inset-x-3 top-1/2 z-40 mx-auto max-h-[calc(100dvh-2rem)] max-w-md -translate-y-1/2 overflow-y-auto rounded-card bg-raised p-5 shadow-float focus:outline-none"
        >
          <div className="flex items-start justify-between gap-4">
            <Title className="text-lg font-semibold text-balance">{title}</Title>
            <Close
              aria-label={t("close")}
              className="-me-1.5 -mt-1 grid size-8 shrink-0 place-items-center rounded-control text-muted hover:bg-hover hover:text-ink"
            >
              <X aria-hidden="true" className="size-4" />
            </Close>
          </div>
          {description !== undefined && (
            <Description className="mt-1 text-sm text-muted">{description}</Description>
          )}
          <div className="mt-4">{children}</div>
        </Content>
      </Portal>
    </Root>
  );
}
