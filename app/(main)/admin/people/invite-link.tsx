"use client";
import { Check, Copy } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/text-field";

/** The link of a new invitation, which nobody can show again. */
export function InviteLink({ link, onClose }: { link: string; onClose: () => void }) {
  const t = useTranslations("people");
  const field = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    field.current?.select();
    try {
      await navigator.clipboard.writeText(link);
      setCopied(true);
    } catch {
      // No access to the clipboard, as without https: the link is selected, ready for the keyboard's own copy.
      setCopied(false);
    }
  };
  return (
    <div className="flex flex-col gap-4">
      <TextField
        ref={field}
        label={t("link")}
        readOnly
        value={link}
        dir="ltr"
        hint={t("linkHint")}
        onFocus={(event) => event.currentTarget.select()}
      />
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>{t("done")}</Button>
        <Button variant="primary" onClick={copy}>
          {copied ? (
            <Check aria-hidden="true" className="size-4" />
          ) : (
            <Copy aria-hidden="true" className="size-4" />
          )}
          <span aria-live="polite">{copied ? t("copied") : t("copyLink")}</span>
        </Button>
      </div>
    </div>
  );
}
