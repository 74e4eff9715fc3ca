"use client";
import { createContext, useContext } from "react";
import type { Engine } from "@/lib/client/engine";
import type { Me } from "@/lib/contract/shapes";

export const EngineContext = createContext<{ engine: Engine; me: Me } | undefined>(undefined);

function useEngineContext() {
  const value = useContext(EngineContext);
  if (value === undefined) throw new Error("The engine's hooks need an EngineProvider above them");
  return value;
}

/** This tab's engine. Before the browser has taken over it is one in which everything is loading. */
export function useEngine(): Engine {
  return useEngineContext().engine;
}

/** Who is signed in. */
export function useMe(): Me {
  return useEngineContext().me;
}
