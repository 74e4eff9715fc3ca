"use client";
import { useCallback, useEffect, useRef, useState } from "react";
import type { ErrorBody } from "@/lib/contract/errors";
import type { Person } from "@/lib/contract/shapes";
import { useEngine } from "../engine/engine-context";

export interface PeopleSearch {
  status: "loading" | "ready" | "error";
  people: readonly Person[];
  error?: ErrorBody;
  /** Appends the next page; does nothing while one is on its way or nothing is left. */
  loadMore(): void;
  /** Asks for the first page again. */
  retry(): void;
}

const TYPING_MS = 150;
const START: Omit<PeopleSearch, "loadMore" | "retry"> & { hasMore: boolean } = {
  status: "loading",
  people: [],
  hasMore: false,
};

/**
 * Whom one can talk to, page by page; nobody is asked for while the query is undefined. An answer that a later question
 * overtook is dropped.
 */
export function usePeopleSearch(query: string | undefined): PeopleSearch {
  const engine = useEngine();
  const [state, setState] = useState(START);
  const asked = useRef(0);
  const busy = useRef(false);

  const ask = useCallback(
    async (after: string | undefined) => {
      if (query === undefined) return;
      const question = ++asked.current;
      busy.current = true;
      const answer = await engine.searchPeople(query.trim(), after);
      if (question !== asked.current) return;
      busy.current = false;
      setState((before) =>
        answer.ok
          ? {
              status: "ready",
              people: after === undefined ? answer.people : [...before.people, ...answer.people],
              hasMore: answer.hasMore,
            }
          : { ...before, status: "error", error: answer.error },
      );
    },
    [engine, query],
  );

  useEffect(() => {
    if (query === undefined) return;
    setState((before) => ({ ...before, status: "loading" }));
    const timer = setTimeout(() => void ask(undefined), query === "" ? 0 : TYPING_MS);
    return () => {
      clearTimeout(timer);
      asked.current++;
      busy.current = false;
    };
  }, [ask, query]);

  const { hasMore, ...rest } = state;
  const last = state.people[state.people.length - 1]?.username;
  const loadMore = useCallback(() => {
    if (hasMore && !busy.current && last !== undefined) void ask(last);
  }, [hasMore, last, ask]);
  const retry = useCallback(() => {
    setState((before) => ({ ...before, status: "loading" }));
    void ask(undefined);
  }, [ask]);
  return { ...rest, loadMore, retry };
}
