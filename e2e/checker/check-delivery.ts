/**
 * Starts a real cluster, lets people talk on it while it breaks, and proves from the outside that nothing acknowledged was
 * lost, doubled, reordered or shown to a stranger. `npm run check:delivery -- --help` tells the options.
 */
import { faultsFor } from "../faults/catalogue";
import { TestCluster } from "../faults/test-cluster";
import { operateOutside } from "./operate-outside";
import { HELP, readOptions } from "./options";
import { printReport } from "./report";
import { runCheck } from "./run-check";
import { runMutants } from "./self-test";

const options = readOptions(process.argv.slice(2));
const say = (line: string) => console.log(line);

async function check(): Promise<boolean> {
  const { urls, faults, minutes, seed, rate, calmWithinMs } = options;
  const common = { ms: minutes * 60_000, seed, rate, calmWithinMs, isBrief: minutes < 5, say };
  if (urls.length > 0) {
    const places = urls.map((url, index) => ({ name: `node-${index + 1}`, url }));
    return printReport(await runCheck({ ...common, places, operate: operateOutside, faults: [] }), options);
  }
  const cluster = await TestCluster.start(options);
  try {
    const chosen = faultsFor(cluster, { faults, seed, isBrief: common.isBrief });
    const operate = cluster.operate.bind(cluster);
    return printReport(
      await runCheck({ ...common, cluster, places: cluster.nodes, operate, faults: chosen }),
      options,
    );
  } finally {
    await cluster.dispose();
  }
}

if (options.help) say(HELP);
// All that was started has been ended; an idle connection of `fetch` must not hold this process up.
else process.exit((await (options.selfTest ? runMutants(options, say) : check())) ? 0 : 1);
