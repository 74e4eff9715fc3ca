"use client";
import { useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import { TextField } from "@/components/ui/text-field";
import { INVITE_LIMITS } from "@/lib/domain/invite-rules";
import { useAction } from "../../use-action";
import { createInvite } from "./actions";

const HOURS_A_DAY = 24;
const CHOICES_IN_DAYS = [1, 7, 30, 90];

export function InviteForm({ onMade }: { onMade: (link: string) => void }) {
  const t = useTranslations("people");
  const { pending, run } = useAction();
  const submit = (form: FormData) => {
    const invite = { hours: Number(form.get("hours")), uses: Number(form.get("uses")) };
    run(() => createInvite(invite), { onDone: ({ link }) => onMade(link) });
  };
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        submit(new FormData(event.currentTarget));
      }}
    >
      <Select
        label={t("validFor")}
        name="hours"
        defaultValue={String(7 * HOURS_A_DAY)}
        options={CHOICES_IN_DAYS.map((days) => ({
          value: String(days * HOURS_A_DAY),
          label: t("days", { days }),
        }))}
      />
      <TextField
        type="number"
        inputMode="numeric"
        name="uses"
        label={t("uses")}
        hint={t("usesHint")}
        required
        min={INVITE_LIMITS.uses.min}
        max={INVITE_LIMITS.uses.max}
        step={1}
        defaultValue="1"
      />
      <Button type="submit" variant="primary" pending={pending} className="self-end">
        {t("makeInvite")}
      </Button>
    </form>
  );
}
