"use client";
import { SquarePen } from "lucide-react";
import { useId, useMemo, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { useEngine, useMe } from "../engine/engine-context";
import { useStore } from "../engine/use-store";
import { IconButton } from "../ui/icon-button";
import { ConversationList } from "./conversation-list";
import { SearchField } from "./search-field";
import { type SearchOption, searchOptions } from "./search-options";
import { SearchResults } from "./search-results";
import { useChooseOption } from "./use-choose-option";
import { usePeopleSearch } from "./use-people-search";
import { useShortcut } from "./use-shortcut";

/** The left column: search above; below it the conversations, or while searching what was found. */
export function ChatSidebar({ openId }: { openId: string | undefined }) {
  const t = useTranslations("chat");
  const field = useRef<HTMLInputElement>(null);
  const resultsId = useId();
  const [query, setQuery] = useState<string>();
  const [active, setActive] = useState(0);
  const searching = query !== undefined;
  const search = usePeopleSearch(query);
  const choose = useChooseOption();
  const me = useMe();
  const { heads } = useStore(useEngine().conversations);
  const { people } = search;
  const options = useMemo(
    () => (query === undefined ? [] : searchOptions({ query, heads, people, me: me.id })),
    [query, heads, people, me.id],
  );

  const ask = (text: string) => {
    setQuery(text);
    setActive(0);
  };
  const begin = () => {
    if (!searching) ask("");
    field.current?.focus();
  };
  const end = () => {
    setQuery(undefined);
    field.current?.blur();
  };
  const take = async (option: SearchOption | undefined) => {
    if (option && (await choose(option))) end();
  };
  useShortcut("k", () => {
    begin();
    field.current?.select();
  });

  const marked = options[active];
  return (
    <>
      <header className="flex h-14 shrink-0 items-center gap-2 ps-5 pe-3">
        <h1 className="flex-1 text-lg font-semibold tracking-tight">{t("title")}</h1>
        <IconButton label={t("newConversation")} hint={t("searchShortcut")} onClick={begin}>
          <SquarePen aria-hidden="true" className="size-4.5" />
        </IconButton>
      </header>
      <search className="flex shrink-0 px-4 pb-3">
        <SearchField
          ref={field}
          value={query ?? ""}
          open={searching}
          resultsId={resultsId}
          activeId={marked && `${resultsId}-${marked.id}`}
          onChange={ask}
          onOpen={begin}
          onClose={end}
          onMove={(step) => setActive(Math.min(Math.max(0, active + step), Math.max(0, options.length - 1)))}
          onChoose={() => void take(marked)}
        />
      </search>
      {searching ? (
        <SearchResults
          id={resultsId}
          options={options}
          active={active}
          status={search.status}
          onChoose={(option) => void take(option)}
          onNearEnd={search.loadMore}
          onRetry={search.retry}
        />
      ) : (
        <ConversationList openId={openId} onNew={begin} />
      )}
    </>
  );
}
