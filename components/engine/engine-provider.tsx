"use client";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { createEngine } from "@/lib/client/create-engine";
import type { Engine } from "@/lib/client/engine";
import type { Me } from "@/lib/contract/shapes";
import { EngineContext } from "./engine-context";
import { loadingEngine } from "./loading-engine";

/** Gives the pages below one engine for this tab, connected as long as they are there. */
export function EngineProvider({ me, children }: { me: Me; children: ReactNode }) {
  const [engine, setEngine] = useState<Engine>(loadingEngine);
  useEffect(() => {
    const own = createEngine({ userId: me.id });
    setEngine(own);
    own.start();
    return () => own.stop();
  }, [me.id]);
  const value = useMemo(() => ({ engine, me }), [engine, me]);
  return <EngineContext value={value}>{children}</EngineContext>;
}
