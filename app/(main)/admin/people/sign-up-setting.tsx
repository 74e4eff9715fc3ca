"use client";
import { useOptimistic } from "react";
import { useTranslations } from "use-intl";
import { Section } from "@/components/ui/section";
import { Switch } from "@/components/ui/switch";
import { useAction } from "../../use-action";
import { setSignUpOpen } from "./actions";

/** Whether anybody who reaches the server may make an account. */
export function SignUpSetting({ open }: { open: boolean }) {
  const t = useTranslations("people");
  const { run } = useAction();
  const [shown, show] = useOptimistic(open);
  return (
    <Section title={t("signUp")}>
      <div className="p-4">
        <Switch
          label={t("signUpOpen")}
          hint={t("signUpHint")}
          checked={shown}
          onCheckedChange={(next) =>
            run(
              () => {
                show(next);
                return setSignUpOpen(next);
              },
              { text: next ? t("signUpOpened") : t("signUpClosed") },
            )
          }
        />
      </div>
    </Section>
  );
}
