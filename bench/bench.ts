/** `npm run bench -- dm`: measures and prints ratios to a baseline in the same run. */
import { benchDirectMessages } from "./direct-messages";

const BENCHES: Record<string, () => Promise<void>> = {
  dm: benchDirectMessages,
};

const name = process.argv[2] ?? "";
const bench = BENCHES[name];
if (bench === undefined) {
  console.error(`Usage: npm run bench -- ${Object.keys(BENCHES).join("|")}`);
  process.exitCode = 2;
} else {
  await bench();
}
