import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Link } from "./link";

describe("a link", () => {
  const server = createServer({ allowHalfOpen: false });
  const accepted: Socket[] = [];
  let link: Link;

  beforeEach(async () => {
    server.removeAllListeners("connection");
    server.on("connection", (socket) => {
      accepted.push(socket);
      socket.on("error", () => socket.destroy());
      socket.pipe(socket);
    });
    if (!server.listening) await once(server.listen(0, "127.0.0.1"), "listening");
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("no port");
    link = await Link.to(address.port);
  });
  afterEach(async () => {
    await link.close();
    accepted.splice(0);
    server.close();
  });

  async function client(): Promise<Socket> {
    const socket = connect(link.port, "127.0.0.1");
    socket.on("error", () => socket.destroy());
    await once(socket, "connect");
    return socket;
  }

  async function echo(socket: Socket, text: string): Promise<string> {
    let heard = "";
    const whole = new Promise<void>((resolve) => {
      socket.on("data", (chunk) => {
        heard += chunk.toString();
        if (heard.length >= text.length) resolve();
      });
    });
    socket.write(text);
    await whole;
    socket.removeAllListeners("data");
    return heard;
  }

  /** A reset is an error too, which `once` would throw. */
  function closing(socket: Socket): Promise<void> {
    return new Promise((resolve) => socket.once("close", () => resolve()));
  }

  it("passes, also much, whole and in order", async () => {
    const text = Array.from({ length: 50_000 }, (_, index) => index).join(" ");
    expect(await echo(await client(), text)).toBe(text);
  });

  it("holds in a black hole what it gives on when healed, one way alone too", async () => {
    const socket = await client();
    await echo(socket, "first");
    link.set({ kind: "blackhole" }, ["toClient"]);
    const served = accepted[0];
    if (served === undefined) throw new Error("nobody was accepted");
    const arrived = once(served, "data");
    const answered = echo(socket, "second");
    await arrived;
    let isAnswered = false;
    void answered.then(() => {
      isAnswered = true;
    });
    await vi.waitFor(() => expect(served.bytesWritten).toBe("firstsecond".length));
    expect(isAnswered).toBe(false);
    link.heal();
    expect(await answered).toBe("second");
  });

  it("delays in order", async () => {
    link.set({ kind: "delay", ms: 20 });
    const began = performance.now();
    expect(await echo(await client(), "slow")).toBe("slow");
    expect(performance.now() - began).toBeGreaterThanOrEqual(38);
  });

  it("resets what is open and refuses what is new", async () => {
    const socket = await client();
    await echo(socket, "first");
    const closed = closing(socket);
    link.refuse();
    await closed;
    const refused = connect(link.port, "127.0.0.1");
    refused.on("error", () => refused.destroy());
    await closing(refused);
    link.heal();
    expect(await echo(await client(), "again")).toBe("again");
  });

  it("half open, tells nobody that the other side is gone until healed", async () => {
    const socket = await client();
    await echo(socket, "first");
    const served = accepted[0];
    if (served === undefined) throw new Error("nobody was accepted");
    link.halfOpen();
    socket.destroy();
    await once(socket, "close");
    expect(served.destroyed).toBe(false);
    const closed = once(served, "close");
    link.heal();
    await closed;
  });
});
