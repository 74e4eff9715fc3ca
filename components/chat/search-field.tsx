"use client";
import { Search, X } from "lucide-react";
import type { KeyboardEvent, RefObject } from "react";
import { useTranslations } from "use-intl";

export interface SearchFieldProps {
  ref: RefObject<HTMLInputElement | null>;
  value: string;
  /** Whether the results are shown. */
  open: boolean;
  resultsId: string;
  activeId: string | undefined;
  onChange: (value: string) => void;
  onOpen: () => void;
  onClose: () => void;
  onMove: (step: 1 | -1) => void;
  onChoose: () => void;
}

/** Finds people and conversations: a combobox, whose list is drawn elsewhere. */
export function SearchField(props: SearchFieldProps) {
  const { ref, value, open, resultsId, activeId, onChange, onOpen, onClose, onMove, onChoose } = props;
  const t = useTranslations("chat");
  const common = useTranslations("common");
  const press = (event: KeyboardEvent) => {
    // While an input method composes, its keys are its own.
    if (event.nativeEvent.isComposing) return;
    const actions: Record<string, () => void> = {
      ArrowDown: () => (open ? onMove(1) : onOpen()),
      ArrowUp: () => onMove(-1),
      Enter: onChoose,
      Escape: onClose,
    };
    const action = actions[event.key];
    if (action === undefined) return;
    event.preventDefault();
    action();
  };
  return (
    <div className="relative min-w-0 flex-1">
      <Search
        aria-hidden="true"
        className="pointer-events-none absolute start-3 top-1/2 size-4 -translate-y-1/2 text-faint"
      />
      <input
        ref={ref}
        type="text"
        role="combobox"
        aria-label={t("searchPeople")}
        aria-expanded={open}
        aria-controls={resultsId}
        aria-activedescendant={open ? activeId : undefined}
        aria-autocomplete="list"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={64}
        placeholder={t("searchPlaceholder")}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={press}
        className="block h-9 w-full rounded-control bg-hover ps-9 pe-9 text-base text-ink inset-ring inset-ring-transparent focus:bg-field focus:inset-ring-2 focus:inset-ring-focus focus:outline-none sm:text-sm"
      />
      {open && (
        <button
          type="button"
          aria-label={common("close")}
          onClick={onClose}
          className="absolute end-0.5 top-0.5 grid size-8 place-items-center rounded-control text-muted hover:text-ink"
        >
          <X aria-hidden="true" className="size-4" />
        </button>
      )}
    </div>
  );
}
