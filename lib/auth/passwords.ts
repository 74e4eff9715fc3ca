import { hash, verify } from "@node-rs/argon2";
import type { Passwords } from "@/lib/usecases/ports/passwords";
import { isCommonPassword } from "./common-passwords";
import { Gate } from "./gate";

/** OWASP's first choice for argon2id; the default algorithm of the library is argon2id. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** Two at once leave half of libuv's four threads to files and name look-ups. */
const GATE = { parallel: 2, mostWaiting: 256 };

/** The hash of a password that was thrown away, made with the same cost: nobody has it. */
const NOBODY =
  "$argon2id$v=19$m=19456,t=2,p=1$X+EAfQVX1D1lNKoXOEC+UA$Ggyv+qPXBTd3AUj71xBDLGIlY87TObno4qEXQr+Eg54";

/** The same characters typed on another system may come composed otherwise. */
function normalized(password: string): string {
  return password.normalize("NFC");
}

/** Hashing on worker threads, at most two at once. Callers bound the length of what they pass. */
export function createPasswords(gateOptions: { parallel: number; mostWaiting: number } = GATE): Passwords {
  const gate = new Gate(gateOptions);
  return {
    hash: (password) => gate.run(() => hash(normalized(password), COST)),
    verify: (stored, password) => gate.run(() => verify(stored, normalized(password))),
    verifyNobody: (password) =>
      gate.run(async (): Promise<false> => {
        await verify(NOBODY, normalized(password));
        return false;
      }),
    isCommon: isCommonPassword,
  };
}
