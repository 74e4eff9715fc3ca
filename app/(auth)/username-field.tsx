"use client";
import { useTranslations } from "use-intl";
import { TextField, type TextFieldProps } from "@/components/ui/text-field";

/** A username as it is typed: nothing corrects it, and password managers know it. */
export function UsernameField(props: Pick<TextFieldProps, "maxLength" | "hint" | "defaultValue" | "error">) {
  const t = useTranslations("auth");
  return (
    <TextField
      {...props}
      label={t("username")}
      name="username"
      size="lg"
      autoComplete="username"
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      required
    />
  );
}
