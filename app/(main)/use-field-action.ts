"use client";
import { useActionState } from "react";
import { useTranslations } from "use-intl";
import { useToast } from "@/components/ui/toast";
import { useProblemText } from "../use-problem-text";
import type { ActionResult } from "./action-result";

/**
 * A form whose answer stands at its fields: `errorOf` is the sentence for a field, `formError` what concerns the whole;
 * a toast says `done` when it went well.
 */
export function useFieldAction(action: (form: FormData) => Promise<ActionResult>, done: string) {
  const toast = useToast();
  const problemText = useProblemText();
  const errors = useTranslations("errors");
  const [result, submit, pending] = useActionState(
    async (_previous: ActionResult | undefined, form: FormData): Promise<ActionResult> => {
      const answer = await action(form).catch(() => ({ ok: false as const, code: "unavailable" as const }));
      if (answer.ok) toast({ text: done });
      return answer;
    },
    undefined,
  );
  const failed = result?.ok === false ? result : undefined;
  return {
    submit,
    pending,
    formError: failed !== undefined && "code" in failed ? errors(failed.code) : undefined,
    errorOf(field: string): string | undefined {
      const problem = failed !== undefined && "problems" in failed ? failed.problems[field] : undefined;
      return problem && problemText(field, problem);
    },
  };
}
