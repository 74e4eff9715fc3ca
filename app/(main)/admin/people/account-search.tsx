"use client";
import Form from "next/form";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useTransition } from "react";
import { useTranslations } from "use-intl";
import { TextField } from "@/components/ui/text-field";
import { LIMITS } from "@/lib/contract/limits";

/** A word is searched for when nothing was typed for this long. */
const TYPING_PAUSE_MS = 250;

/** Searches while one types; the address keeps what was searched for. */
export function AccountSearch({ query }: { query: string }) {
  const t = useTranslations("people");
  const router = useRouter();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [pending, startTransition] = useTransition();
  useEffect(() => () => clearTimeout(timer.current), []);
  const search = (text: string) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      const address =
        text.trim() === "" ? "/admin/people" : `/admin/people?${new URLSearchParams({ q: text })}`;
      startTransition(() => router.replace(address, { scroll: false }));
    }, TYPING_PAUSE_MS);
  };
  return (
    <Form action="/admin/people" role="search" className="w-44 shrink-0 sm:w-64">
      <TextField
        type="search"
        name="q"
        label={t("search")}
        hideLabel
        placeholder={t("search")}
        autoComplete="off"
        maxLength={LIMITS.searchCharacters}
        defaultValue={query}
        aria-busy={pending || undefined}
        onChange={(event) => search(event.target.value)}
      />
    </Form>
  );
}
