import type { UserId } from "@/lib/contract/ids";
import type { ConversationModel } from "@/lib/domain/testing/conversation-model";
import type { Call } from "../call";
import type { Clock } from "../clock";
import { type Asked, createScriptedCall } from "./scripted-call";

/** Answers about one conversation out of a model: reads it after `delay` milliseconds, and is heard after as long again. */
export function createModelServer(
  model: ConversationModel,
  me: UserId,
  clock: Clock,
  delay: () => number,
): Call {
  const { call, asked } = createScriptedCall();

  const resultOf = ({ event, payload }: Asked): object => {
    const query = new Map<string, unknown>(Object.entries(payload ?? {}));
    const number = (key: string) => {
      const value = query.get(key);
      return typeof value === "number" ? value : undefined;
    };
    switch (event) {
      case "conversation:history":
        return model.history(number("beforeSeq"), number("limit") ?? 50);
      case "conversation:changes":
        return model.changes(number("afterRev") ?? 0, number("limit"));
      case "read:set": {
        const readSeq = Math.max(
          model.readSeq.get(me) ?? 0,
          Math.min(number("seq") ?? 0, model.messages.length),
        );
        model.readSeq.set(me, readSeq);
        return { readSeq, unread: model.head(me).unread };
      }
      default:
        throw new Error(`The model does not know ${event}.`);
    }
  };

  return (event, payload) => {
    const answer = call(event, payload);
    const question = asked.pop();
    clock.after(delay(), () => {
      const result = question === undefined ? {} : structuredClone(resultOf(question));
      clock.after(delay(), () => question?.answer(result));
    });
    return answer;
  };
}
