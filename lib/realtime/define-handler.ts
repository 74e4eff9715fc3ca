import type { z } from "zod";
import {
  type ClientEventName,
  type ClientResults,
  clientEvents,
  type ParsedPayload,
} from "@/lib/contract/client-events";
import type { UserId } from "@/lib/contract/ids";
import type { Actor } from "@/lib/usecases/actor";
import type { UseCases } from "@/lib/usecases/use-cases";
import { parsePayload } from "./parse-payload";

/** The contract's schemas with the types that a generic event can be followed through. */
const SCHEMAS: { [E in ClientEventName]: z.ZodType<ParsedPayload<E>> } = clientEvents;

/** What the gateway needs of the use cases. */
export type RealtimeUseCases = Pick<UseCases, "conversations" | "presence">;

/** What a socket watches; all of it ends with the socket. */
export interface Watches {
  /** These users' presence, instead of those it watched before. Fulfilled when other nodes know that. */
  presence(users: readonly UserId[]): Promise<void>;
  online(on: boolean): void;
}

/** Who sent an event, and what there is to answer it. */
export interface HandlerContext {
  readonly actor: Actor;
  readonly useCases: RealtimeUseCases;
  readonly watches: Watches;
  /** The person at this socket does nothing, or does something again. */
  setIdle(idle: boolean): void;
}

/**
 * Parses a payload and does what it asks. Throws or rejects with a HomingError for what the caller can do something about.
 */
export type Handler<E extends ClientEventName> = (
  context: HandlerContext,
  payload: unknown,
) => Promise<ClientResults[E]>;

/** The handler of one event: `run` gets the payload as the contract's schema has it, and calls one use case. */
export function defineHandler<E extends ClientEventName>(
  event: E,
  run: (context: HandlerContext, payload: ParsedPayload<E>) => Promise<ClientResults[E]>,
): Handler<E> {
  return (context, payload) => run(context, parsePayload(SCHEMAS[event], payload));
}
