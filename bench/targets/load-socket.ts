import { randomBytes } from "node:crypto";
import { request } from "node:http";
import type { Socket } from "node:net";
import { frameReader, maskedFrame } from "./frames";

/**
 * A client of Socket.IO that does no more than a load needs: one WebSocket, events with acknowledgements, events of the
 * server. It costs a third of the stock client; on a machine whose cores the servers share with their load, a dear client
 * is what would be measured, the more so the more the server says.
 */
export interface LoadSocket {
  /** The answer to an event. */
  ask<Answer>(event: string, payload: object): Promise<Answer>;
  /** From now on calls this one listener for an event of the server; others are read and dropped. */
  on<Payload>(event: string, listener: (payload: Payload) => void): void;
  close(): void;
}

/*
 * What packets begin with: Engine.IO's kind, then Socket.IO's. An acknowledgement has its number before the list.
 */
const PING = "2";
const PONG = "3";
const CONNECT = "40";
const EVENT = "42";
const ACKNOWLEDGEMENT = "43";
const REFUSAL = "44";

/** Connects as Socket.IO does, by WebSocket from the start. Rejects with what the server refused it by. */
export async function connectLoad(url: string, auth: object): Promise<LoadSocket> {
  const connection = await upgrade(url);
  const waiting = new Map<number, (list: string) => void>();
  const listeners = new Map<string, (list: string) => void>();
  let asked = 0;
  let settle: { done(): void; failed(error: Error): void } | undefined;

  const send = (text: string) => {
    if (connection.writableCorked === 0) {
      connection.cork();
      process.nextTick(() => connection.uncork());
    }
    connection.write(maskedFrame(text));
  };
  const answered = (text: string) => {
    const list = text.indexOf("[");
    const id = Number(text.slice(ACKNOWLEDGEMENT.length, list));
    waiting.get(id)?.(text.slice(list));
    waiting.delete(id);
  };
  const heard = (text: string) => {
    const name = text.slice(EVENT.length + 2, text.indexOf('"', EVENT.length + 2));
    listeners.get(name)?.(text.slice(EVENT.length));
  };
  const receive = (text: string) => {
    if (text === PING) send(PONG);
    else if (text.startsWith(EVENT)) heard(text);
    else if (text.startsWith(ACKNOWLEDGEMENT)) answered(text);
    else if (text.startsWith("0")) send(`${CONNECT}${JSON.stringify(auth)}`);
    else if (text.startsWith(CONNECT)) settle?.done();
    else if (text.startsWith(REFUSAL)) settle?.failed(new Error(`Refused: ${text.slice(REFUSAL.length)}`));
  };

  const read = frameReader(receive);
  await new Promise<void>((done, failed) => {
    settle = { done, failed };
    connection.on("data", read);
  });
  return {
    ask(event, payload) {
      asked += 1;
      const id = asked;
      send(`${EVENT}${id}${JSON.stringify([event, payload])}`);
      return new Promise((resolve) => waiting.set(id, (list) => resolve(JSON.parse(list)[0])));
    },
    on: (event, listener) => void listeners.set(event, (list) => listener(JSON.parse(list)[1])),
    close: () => void connection.destroy(),
  };
}

function upgrade(url: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const asking = request(`${url}/socket.io/?EIO=4&transport=websocket`, {
      headers: {
        Connection: "Upgrade",
        Upgrade: "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": randomBytes(16).toString("base64"),
      },
    });
    asking.on("upgrade", (_response, socket, head) => {
      socket.setNoDelay(true);
      if (head.length > 0) socket.unshift(head);
      resolve(socket);
    });
    asking.on("response", (response) => reject(new Error(`No upgrade: ${response.statusCode}`)));
    asking.on("error", reject);
    asking.end();
  });
}
