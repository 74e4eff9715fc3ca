"use client";
import { useTranslations } from "use-intl";
import type { FieldProblem } from "@/lib/domain/field-error";

/** The sentence for what is wrong with a field. */
export function useProblemText(): (field: string, problem: FieldProblem) => string {
  const t = useTranslations("problems");
  return (field, problem) => {
    switch (problem) {
      case "required":
        return t("required");
      case "invalid":
        return field === "username" ? t("invalidUsername") : t("invalid");
      case "too_short":
        return t("tooShort");
      case "too_long":
        return t("tooLong");
      case "too_common":
        return t("tooCommon");
      case "too_similar":
        return t("tooSimilar");
      case "taken":
        return t("taken");
      case "wrong":
        return t("wrong");
    }
  };
}
