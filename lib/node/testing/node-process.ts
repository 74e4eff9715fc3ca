import { z } from "zod";
import { startComposedNode } from "./composed-node";

/** A composed node in a process of its own, to be killed: settings as JSON in its argument, its address on its output. */
const settings = z.record(z.string(), z.string()).parse(JSON.parse(process.argv[2] ?? ""));
const node = await startComposedNode(settings);
process.once("SIGTERM", () => void node.shutdown().finally(() => process.exit(0)));
process.stdout.write(`${JSON.stringify({ url: node.url })}\n`);
