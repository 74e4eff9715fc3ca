"use client";
import { useCallback, useEffect, useState } from "react";
import type { ErrorCode } from "@/lib/contract/errors";
import { listNodes } from "./actions";
import { afterLook, afterWish, type WatchedNode } from "./node-watch";

/** As often as nodes report. */
const EVERY_MS = 2_500;

interface Watch {
  /** Undefined until the first look succeeded. */
  nodes: readonly WatchedNode[] | undefined;
  /** Why the last look failed; what is shown is from before. */
  problem: ErrorCode | undefined;
}

/** The nodes, looked at again and again while the page is in view. */
export function useNodes() {
  const [watch, setWatch] = useState<Watch>({ nodes: undefined, problem: undefined });

  const look = useCallback(async () => {
    const result = await listNodes().catch(() => ({ ok: false as const, code: "unavailable" as const }));
    setWatch(({ nodes }) => {
      if (result.ok) return { nodes: afterLook(nodes ?? [], result.nodes, Date.now()), problem: undefined };
      return { nodes, problem: "code" in result ? result.code : "unavailable" };
    });
  }, []);

  useEffect(() => {
    let timer: number | undefined;
    let isOver = false;
    const turn = async () => {
      if (document.visibilityState === "visible") await look();
      if (!isOver) timer = window.setTimeout(turn, EVERY_MS);
    };
    void turn();
    return () => {
      isOver = true;
      window.clearTimeout(timer);
    };
  }, [look]);

  const expect = useCallback((instance: string, draining: boolean) => {
    setWatch(({ nodes, problem }) => ({
      problem,
      nodes: nodes && afterWish(nodes, { instance, draining }, Date.now()),
    }));
  }, []);

  return { ...watch, expect };
}
