"use client";
import { ArrowUp, Check, Pencil, X } from "lucide-react";
import { type KeyboardEvent, type RefObject, useLayoutEffect } from "react";
import { useTranslations } from "use-intl";
import { LIMITS } from "@/lib/contract/limits";
import { classNames } from "../ui/class-names";
import { IconButton } from "../ui/icon-button";

export interface ComposerProps {
  ref: RefObject<HTMLTextAreaElement | null>;
  value: string;
  /** The name of who reads it, for the placeholder. */
  recipient: string;
  editing: boolean;
  onChange: (value: string) => void;
  onSubmit: () => void;
  onCancelEdit: () => void;
  /** ↑ in an empty field. */
  onEditLast: () => void;
}

const COUNTER_FROM = LIMITS.bodyCharacters - 500;

/** Where one writes. Enter sends, Shift+Enter breaks the line, ↑ edits what one wrote last, Escape gives an edit up. */
export function Composer(props: ComposerProps) {
  const { ref, value, recipient, editing, onChange, onSubmit, onCancelEdit, onEditLast } = props;
  const t = useTranslations("chat");
  const canSubmit = value.trim() !== "" && value.length <= LIMITS.bodyCharacters;
  useGrowingHeight(ref, value);
  const press = (event: KeyboardEvent) => {
    // While an input method composes, Enter and Escape are its own.
    if (event.nativeEvent.isComposing || event.nativeEvent.keyCode === IME_KEY_CODE) return;
    if (event.key === "Enter" && !event.shiftKey && !isTouchKeyboard()) {
      event.preventDefault();
      if (canSubmit) onSubmit();
    } else if (event.key === "Escape" && editing) {
      event.preventDefault();
      onCancelEdit();
    } else if (event.key === "ArrowUp" && value === "" && !editing) {
      event.preventDefault();
      onEditLast();
    }
  };
  return (
    <form
      className="shrink-0 px-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] md:px-5 md:pb-5"
      onSubmit={(event) => {
        event.preventDefault();
        if (canSubmit) onSubmit();
      }}
    >
      <div className="mx-auto max-w-180 rounded-card bg-field inset-ring inset-ring-line-strong transition-shadow duration-100 focus-within:inset-ring-focus">
        {editing && <EditingBar onCancel={onCancelEdit} />}
        <div className="flex items-end gap-1 p-1.5">
          <textarea
            ref={ref}
            rows={1}
            dir="auto"
            value={value}
            aria-label={editing ? t("editMessage") : t("writeTo", { name: recipient })}
            placeholder={editing ? t("editMessage") : t("writeTo", { name: recipient })}
            enterKeyHint={isTouchKeyboard() ? "enter" : "send"}
            onChange={(event) => onChange(event.target.value)}
            onKeyDown={press}
            className="block max-h-[min(40dvh,20rem)] min-h-9 flex-1 resize-none bg-transparent px-2.5 py-[0.4375rem] text-base wrap-anywhere text-ink placeholder:truncate focus:outline-none"
          />
          <Counter length={value.length} />
          <IconButton
            type="submit"
            label={editing ? t("saveEdit") : t("send")}
            side="top"
            disabled={!canSubmit}
            // The field keeps the focus, and a phone its keyboard.
            onPointerDown={(event) => event.preventDefault()}
            className={classNames(
              "rounded-control",
              canSubmit && "bg-accent text-on-accent! hover:bg-accent-hover active:bg-accent-hover",
            )}
          >
            {editing ? (
              <Check aria-hidden="true" className="size-4.5" />
            ) : (
              <ArrowUp aria-hidden="true" className="size-4.5" strokeWidth={2.25} />
            )}
          </IconButton>
        </div>
      </div>
    </form>
  );
}

/** What `keydown` says in Safari for the Enter that ends a composition, after `isComposing` is false again. */
const IME_KEY_CODE = 229;

/** On a phone's keyboard Enter breaks the line, as everywhere else on it; the button sends. */
function isTouchKeyboard(): boolean {
  return typeof window !== "undefined" && window.matchMedia("(hover: none) and (pointer: coarse)").matches;
}

function useGrowingHeight(ref: RefObject<HTMLTextAreaElement | null>, value: string): void {
  useLayoutEffect(() => {
    const field = ref.current;
    // The browser measures its own value; this one only says when.
    if (!field || field.value !== value) return;
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight}px`;
  }, [ref, value]);
}

function EditingBar({ onCancel }: { onCancel: () => void }) {
  const t = useTranslations("chat");
  return (
    <div className="flex items-center gap-2 border-b border-line ps-3.5 pe-1.5 text-sm text-muted">
      <Pencil aria-hidden="true" className="size-3.5 text-accent-ink" />
      <span className="flex-1">{t("editMessage")}</span>
      <IconButton label={t("cancelEdit")} hint="Esc" side="top" size="sm" onClick={onCancel}>
        <X aria-hidden="true" className="size-4" />
      </IconButton>
    </div>
  );
}

function Counter({ length }: { length: number }) {
  const t = useTranslations("chat");
  if (length < COUNTER_FROM) return null;
  const left = LIMITS.bodyCharacters - length;
  return (
    <span
      role="status"
      className={classNames(
        "self-center px-1 text-xs font-medium tabular",
        left < 0 ? "text-danger-ink" : "text-muted",
      )}
    >
      {t("charactersLeft", { count: left })}
    </span>
  );
}
