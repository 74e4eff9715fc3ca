"use client";
import { SearchX } from "lucide-react";
import { useEffect, useRef } from "react";
import { useTranslations } from "use-intl";
import { Virtualizer, type VirtualizerHandle } from "virtua";
import { useMe } from "../engine/engine-context";
import { Avatar } from "../ui/avatar";
import { Button } from "../ui/button";
import { classNames } from "../ui/class-names";
import { EmptyState } from "../ui/empty-state";
import { Spinner } from "../ui/spinner";
import { ConversationAvatar } from "./conversation-avatar";
import { conversationName } from "./conversation-name";
import { PresenceDot } from "./presence-dot";
import type { SearchOption } from "./search-options";

export interface SearchResultsProps {
  /** Of the list; its options are `<id>-<option id>`. */
  id: string;
  options: readonly SearchOption[];
  active: number;
  status: "loading" | "ready" | "error";
  onChoose: (option: SearchOption) => void;
  onNearEnd: () => void;
  onRetry: () => void;
}

const OPTION_PX = 56;

/** What was found, for the search field above it, which keeps the focus. */
export function SearchResults(props: SearchResultsProps) {
  const { id, options, active, status, onChoose, onNearEnd, onRetry } = props;
  const t = useTranslations("chat");
  const errors = useTranslations("errors");
  const common = useTranslations("common");
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<VirtualizerHandle>(null);

  useEffect(() => {
    list.current?.scrollToIndex(active, { align: "nearest" });
  }, [active]);

  if (options.length === 0 && status === "error")
    return (
      <EmptyState
        className="flex-1"
        title={errors("unavailable")}
        action={<Button onClick={onRetry}>{common("retry")}</Button>}
      />
    );
  if (options.length === 0 && status === "ready")
    return (
      <EmptyState
        className="flex-1"
        icon={<SearchX aria-hidden="true" />}
        title={t("nobodyFound")}
        description={t("nobodyFoundText")}
      />
    );
  return (
    <div
      ref={scroller}
      className="min-h-0 flex-1 overflow-y-auto overscroll-contain pb-2"
      onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
        if (scrollHeight - scrollTop - clientHeight < 6 * OPTION_PX) onNearEnd();
      }}
    >
      {/* biome wants a focusable listbox; the field above owns the focus and points here by aria-activedescendant */}
      <div id={id} role="listbox" aria-label={t("searchResults")} tabIndex={-1}>
        <Virtualizer
          ref={list}
          scrollRef={scroller}
          data={options}
          itemSize={OPTION_PX}
          keepMounted={options[active] ? [active] : []}
        >
          {(option, index) => (
            <OptionRow
              key={option.id}
              id={`${id}-${option.id}`}
              option={option}
              active={index === active}
              onChoose={onChoose}
            />
          )}
        </Virtualizer>
      </div>
      {status === "loading" && (
        <div className="grid h-14 place-items-center text-muted">
          <Spinner />
        </div>
      )}
    </div>
  );
}

interface OptionRowProps {
  id: string;
  option: SearchOption;
  active: boolean;
  onChoose: (option: SearchOption) => void;
}

function OptionRow({ id, option, active, onChoose }: OptionRowProps) {
  const t = useTranslations("chat");
  const me = useMe();
  const person = option.kind === "person" ? option.person : undefined;
  const name = option.kind === "person" ? option.person.name : conversationName(option.head, me.id);
  return (
    <button
      id={id}
      type="button"
      role="option"
      aria-selected={active}
      tabIndex={-1}
      // The search field keeps the focus.
      onPointerDown={(event) => event.preventDefault()}
      onClick={() => onChoose(option)}
      className={classNames(
        "mx-2 flex h-14 w-[calc(100%-1rem)] items-center gap-3 rounded-card px-2.5 text-start",
        active ? "bg-active" : "hover:bg-hover",
      )}
    >
      {option.kind === "conversation" ? (
        <ConversationAvatar head={option.head} size="md" />
      ) : (
        <span className="relative inline-flex">
          <Avatar id={option.person.id} name={option.person.name} />
          <PresenceDot userId={option.person.id} />
        </span>
      )}
      <span className="min-w-0 flex-1">
        <bdi className="block truncate text-sm font-medium">{name}</bdi>
        <span className="block truncate text-xs text-muted">
          {person ? `@${person.username}` : t("existingConversation")}
        </span>
      </span>
    </button>
  );
}
