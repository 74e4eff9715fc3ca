"use client";
import { useTranslations } from "use-intl";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { TextField } from "@/components/ui/text-field";
import type { Person } from "@/lib/contract/shapes";
import { useFieldAction } from "../use-field-action";
import { rename } from "./actions";

export function ProfileForm({ profile }: { profile: Person }) {
  const t = useTranslations("settings");
  const { submit, pending, formError, errorOf } = useFieldAction(
    (form) => rename(String(form.get("name") ?? "")),
    t("profileSaved"),
  );
  return (
    <form action={submit} className="flex flex-col gap-4 p-4">
      {formError && <Notice tone="danger">{formError}</Notice>}
      <div className="flex items-center gap-3">
        <Avatar id={profile.id} name={profile.name} size="lg" />
        <div className="min-w-0">
          <p className="truncate font-medium">{profile.name}</p>
          <p className="truncate text-sm text-muted">@{profile.username}</p>
        </div>
      </div>
      <TextField
        key={profile.name}
        label={t("name")}
        name="name"
        autoComplete="name"
        required
        maxLength={64}
        hint={t("nameHint")}
        defaultValue={profile.name}
        error={errorOf("name")}
      />
      <Button type="submit" variant="primary" pending={pending} className="self-start">
        {t("save")}
      </Button>
    </form>
  );
}
