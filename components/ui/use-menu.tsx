"use client";
import { type ComponentType, type ReactNode, useCallback, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import type { MenuSurfaceProps } from "./menu-surface";
import { useToast } from "./toast";

const loadSurface = () => import("./menu-surface").then((module) => module.MenuSurface);

type MenuContent = Omit<MenuSurfaceProps, "anchor" | "onClose">;

interface OpenMenu extends MenuContent {
  anchor: MenuSurfaceProps["anchor"];
  Surface: ComponentType<MenuSurfaceProps>;
}

export interface Menu {
  /** Opens it at an element, or at a point of the viewport; the focus goes back to `opener` afterwards. */
  open(content: MenuContent, opener: HTMLElement, point?: { x: number; y: number }): void;
  /** Begins to fetch the code; call it when somebody comes near. */
  preload(): void;
  isOpen: boolean;
  /** The menu while it is open: render it anywhere. */
  surface: ReactNode;
}

/** A menu whose code is fetched when it is first wanted; a toast says so when that fails. */
export function useMenu(): Menu {
  const [shown, setShown] = useState<OpenMenu>();
  const opener = useRef<HTMLElement>(null);
  const toast = useToast();
  const t = useTranslations("errors");

  const open: Menu["open"] = useCallback(
    (content, element, point) => {
      opener.current = element;
      const { left, top, width, height } = element.getBoundingClientRect();
      const anchor = point
        ? { left: point.x, top: point.y, width: 1, height: 1 }
        : { left, top, width, height };
      loadSurface().then(
        (Surface) => setShown({ ...content, anchor, Surface }),
        () => toast({ tone: "danger", text: t("unavailable") }),
      );
    },
    [toast, t],
  );
  const preload = useCallback(() => {
    // A failure is told when the menu is opened.
    loadSurface().catch(() => undefined);
  }, []);
  const close = useCallback(() => {
    setShown(undefined);
    // Only when nobody took the focus in the meantime: a choice may have opened a dialog or an editor.
    requestAnimationFrame(() => {
      if (document.activeElement === null || document.activeElement === document.body)
        opener.current?.focus();
    });
  }, []);

  if (shown === undefined) return { open, preload, isOpen: false, surface: null };
  const { Surface, ...content } = shown;
  return { open, preload, isOpen: true, surface: <Surface {...content} onClose={close} /> };
}
