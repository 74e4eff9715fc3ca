import { setTimeout as delay } from "node:timers/promises";
import { buildPatched } from "./build-patched";
import type { Fault, FaultContext } from "./fault";
import type { ClusterNode } from "./test-cluster";
import { comesAbout } from "./waiting";

const SERVED_AGAIN_WITHIN_MS = 5_000;
const EXITS_WITHIN_MS = 15_000;
const STORED_WITHIN_MS = 1_000;
const STORE_TRIES = 15;

const always = () => true;
const severalNodes: Fault["fits"] = ({ nodes }) => nodes.length > 1;

/** Everybody but those who stay away is with another node in time. */
async function expectServedAgain({ scene, violation }: FaultContext, id: Fault["id"], lost: ClusterNode) {
  const isServed = () => scene.devices.every(({ isConnected, node }) => isConnected && node !== lost.name);
  if (await comesAbout(isServed, SERVED_AGAIN_WITHIN_MS)) return;
  const waiting = scene.devices.filter(({ isConnected }) => !isConnected).map(({ name }) => name);
  violation({ invariant: id, detail: `5 s after ${lost.name} was gone nobody serves ${waiting.join(", ")}` });
}

export const killedNode: Fault = {
  id: "F1",
  title: "a node is killed while people send",
  fits: severalNodes,
  async inject(context) {
    const node = context.random.pick(context.cluster.nodes);
    await node.server.kill("SIGKILL");
    await expectServedAgain(context, "F1", node);
    await delay(context.isBrief ? 0 : 10_000);
    await node.server.resume();
  },
};

export const rollingRestart: Fault = {
  id: "F2",
  title: "every node is restarted in turn",
  fits: severalNodes,
  async inject({ cluster, violation, say }) {
    for (const node of cluster.nodes) {
      const began = performance.now();
      await node.server.kill("SIGTERM");
      const took = performance.now() - began;
      say(`        ${node.name} drained and ended within ${(took / 1_000).toFixed(1)} s`);
      if (took > EXITS_WITHIN_MS) {
        violation({ invariant: "F2", detail: `${node.name} took ${Math.round(took)} ms to end` });
      }
      await node.server.resume();
    }
  },
};

/** The lease of a node ends within 30 s: the longer stops outlast it. */
export function stoppedNode(seconds: number): Fault {
  return {
    id: "F3",
    title: `a node is stopped for ${seconds} s and goes on`,
    fits: always,
    async inject({ cluster, random, impairing }) {
      const node = random.pick(cluster.nodes);
      await impairing([node.name], async () => {
        process.kill(node.server.pid, "SIGSTOP");
        await delay(seconds * 1_000);
        process.kill(node.server.pid, "SIGCONT");
      });
    },
  };
}

export const diesBeforeAnswer: Fault = {
  id: "F4",
  title: "a node dies between COMMIT and the acknowledgement",
  fits: severalNodes,
  async inject(context) {
    const { cluster, scene, actions, impairing, violation } = context;
    const node = context.random.pick(cluster.nodes);
    const device = scene.devices.find((one) => one.isConnected && one.node === node.name);
    const conversation = scene.conversations.find(({ members }) => members.includes(device?.user ?? ""));
    if (device === undefined || conversation === undefined) return;
    const body = "whose acknowledgement is lost";
    let clientId = "";
    const isStored = async () => {
      const rows = await cluster.database.query(`select 1 from messages where client_id = '${clientId}'`);
      return rows.length === 1;
    };
    const tryOnce = async () => {
      clientId = crypto.randomUUID();
      // The node's words reach the database, whose answers do not come back. Sends wait for those before them: when
      // one was under way just now, this one waits in the node, and the next try may be the one that is stored.
      node.database.set({ kind: "blackhole" }, ["toClient"]);
      const lost = actions.send(device, conversation.id, clientId, body);
      if (await comesAbout(isStored, STORED_WITHIN_MS)) return { lost };
      node.database.heal();
      await lost;
      return undefined;
    };
    await impairing([node.name], async () => {
      let caught: Awaited<ReturnType<typeof tryOnce>>;
      for (let tries = 0; caught === undefined && tries < STORE_TRIES; tries += 1) caught = await tryOnce();
      if (caught === undefined)
        violation({ invariant: "F4", detail: "no send reached the database: nothing was tried" });
      await node.server.kill("SIGKILL");
      await caught?.lost;
      node.database.heal();
    });
    let answer: Awaited<ReturnType<typeof actions.send>>;
    await comesAbout(async () => {
      answer = device.isConnected ? await actions.send(device, conversation.id, clientId, body) : undefined;
      return answer !== undefined;
    }, SERVED_AGAIN_WITHIN_MS);
    if (answer?.duplicate !== true) {
      violation({ invariant: "F4", detail: `the repeat was answered with ${JSON.stringify(answer)}` });
    }
    await node.server.resume();
  },
};

export const diesBeforePublish: Fault = {
  id: "F5",
  title: "a node dies between COMMIT and publishing",
  fits: severalNodes,
  async inject(context) {
    const { cluster, scene, actions, violation } = context;
    const node = context.random.pick(cluster.nodes);
    const conversation = scene.conversations.find(({ isQuiet }) => isQuiet === true);
    const device = scene.devices.find(
      (one) => one.isConnected && one.node === node.name && conversation?.members.includes(one.user),
    );
    if (device === undefined || conversation === undefined) return;
    // What the node publishes never gets to Redis.
    if (node.redis !== undefined) node.redis.set({ kind: "blackhole" }, ["toServer"]);
    else for (const server of cluster.redis.servers) server.pause();
    const answer = await actions.send(device, conversation.id, crypto.randomUUID(), "that nobody publishes");
    await node.server.kill("SIGKILL");
    if (node.redis !== undefined) {
      node.redis.reset();
      node.redis.heal();
    } else for (const server of cluster.redis.servers) server.resume();
    const { message } = answer ?? {};
    if (message === undefined) {
      violation({ invariant: "F5", detail: "a send was not acknowledged because the bus was away" });
    } else {
      const others = scene.devices.filter(({ user }) => conversation.members.includes(user));
      const isRepaired = () =>
        others.every(({ views }) => (views.get(conversation.id)?.rev ?? 0) >= message.rev);
      if (!(await comesAbout(isRepaired, 10_000))) {
        violation({ invariant: "F5", detail: `rev ${message.rev} was not repaired within 10 s` });
      }
    }
    await node.server.resume();
  },
};

const HOUR_MS = 3_600_000;

export const wrongClock: Fault = {
  id: "F10",
  title: "the clock of one node is off by an hour",
  fits: always,
  async inject({ cluster, random, isBrief }) {
    const node = random.pick(cluster.nodes);
    const hours = random.pick([-1, 1]);
    // Only what JavaScript calls the time: the process knows no other clock.
    const source = `const real = Date.now; const off = ${hours * HOUR_MS}; const Real = Date;
      globalThis.Date = class extends Real {
        constructor(...args) { super(...(args.length === 0 ? [real() + off] : args)); }
        static now() { return real() + off; }
      };`;
    const clock = `data:text/javascript,${encodeURIComponent(source)}`;
    await node.server.kill("SIGTERM");
    await cluster.replace(node, { environment: { NODE_OPTIONS: `--import=${clock}` } });
    await delay(isBrief ? 5_000 : 20_000);
    await node.server.kill("SIGTERM");
    await cluster.replace(node, {});
  },
};

/** A build that says more than this one does, as a newer version would. */
const NEWER = {
  file: "lib/realtime/fan-out.ts",
  from: "const { message } = change;",
  to: 'const { message } = Object.assign(change, { sinceTheNextVersion: "something new" });',
};

export const twoVersions: Fault = {
  id: "F15",
  title: "a newer version runs beside this one",
  fits: severalNodes,
  async inject({ cluster, isBrief }) {
    const program = await buildPatched(NEWER);
    const newer = isBrief ? cluster.nodes.slice(0, 1) : cluster.nodes;
    for (const node of newer) {
      await node.server.kill("SIGTERM");
      await cluster.replace(node, { program });
      await delay(isBrief ? 2_000 : 10_000);
    }
    for (const node of newer) {
      await node.server.kill("SIGTERM");
      await cluster.replace(node, {});
    }
  },
};
