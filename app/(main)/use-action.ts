"use client";
import { useTransition } from "react";
import { useTranslations } from "use-intl";
import { useToast } from "@/components/ui/toast";
import type { ActionResult } from "./action-result";

interface Done<T> {
  /** Said in a toast. */
  text?: string;
  onDone?: (result: T) => void;
}

/**
 * Runs server actions from event handlers: `pending` while one is under way, a toast with `text` when it went well, and
 * one that says why when it did not.
 */
export function useAction(): {
  pending: boolean;
  run: <T>(action: () => Promise<ActionResult<T>>, done?: Done<T>) => void;
} {
  const [pending, startTransition] = useTransition();
  const toast = useToast();
  const errors = useTranslations("errors");
  return {
    pending,
    run: (action, done = {}) =>
      startTransition(async () => {
        const result = await action().catch(() => ({ ok: false as const, code: "unavailable" as const }));
        if (!result.ok) {
          toast({ tone: "danger", text: errors("code" in result ? result.code : "bad_request") });
          return;
        }
        done.onDone?.(result);
        if (done.text !== undefined) toast({ text: done.text });
      }),
  };
}
