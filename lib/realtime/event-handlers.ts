import type { ClientEventName } from "@/lib/contract/client-events";
import type { Handler } from "./define-handler";
import { conversationChanges } from "./handlers/conversation-changes";
import { conversationCreate } from "./handlers/conversation-create";
import { conversationHistory } from "./handlers/conversation-history";
import { conversationLeave } from "./handlers/conversation-leave";
import { conversationOpen } from "./handlers/conversation-open";
import { conversationUpdate } from "./handlers/conversation-update";
import { delivered } from "./handlers/delivered";
import { messageDelete } from "./handlers/message-delete";
import { messageEdit } from "./handlers/message-edit";
import { messageReact } from "./handlers/message-react";
import { messageSend } from "./handlers/message-send";
import { onlineWatch } from "./handlers/online-watch";
import { peopleSearch } from "./handlers/people-search";
import { presenceSet } from "./handlers/presence-set";
import { presenceWatch } from "./handlers/presence-watch";
import { readSet } from "./handlers/read-set";
import { sync } from "./handlers/sync";
import { typing } from "./handlers/typing";

/** Every event of the contract has its handler: the type would not let one be missing. */
const HANDLERS: { [E in ClientEventName]: Handler<E> } = {
  sync,
  "conversation:open": conversationOpen,
  "conversation:create": conversationCreate,
  "conversation:update": conversationUpdate,
  "conversation:leave": conversationLeave,
  "conversation:history": conversationHistory,
  "conversation:changes": conversationChanges,
  "message:send": messageSend,
  "message:edit": messageEdit,
  "message:delete": messageDelete,
  "message:react": messageReact,
  "read:set": readSet,
  delivered,
  typing,
  "presence:watch": presenceWatch,
  "presence:set": presenceSet,
  "people:search": peopleSearch,
  "online:watch": onlineWatch,
};

const BY_NAME: ReadonlyMap<unknown, Handler<ClientEventName>> = new Map(Object.entries(HANDLERS));

/** Undefined for whatever else a client calls an event, `__proto__` included. */
export function handlerOf(event: unknown): Handler<ClientEventName> | undefined {
  return BY_NAME.get(event);
}
