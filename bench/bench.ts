/** `npm run bench -- dm|cluster`: measures and prints ratios to a baseline in the same run. */
import { benchCluster } from "./cluster";
import { benchDirectMessages } from "./direct-messages";

const BENCHES: Record<string, (words: readonly string[]) => Promise<void>> = {
  dm: benchDirectMessages,
  cluster: benchCluster,
};

const [name = "", ...words] = process.argv.slice(2);
const bench = BENCHES[name];
if (bench === undefined) {
  console.error(`Usage: npm run bench -- ${Object.keys(BENCHES).join("|")}`);
  process.exitCode = 2;
} else {
  await bench(words);
}
