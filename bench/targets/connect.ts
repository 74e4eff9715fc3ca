import { io, type ManagerOptions, type Socket, type SocketOptions } from "socket.io-client";

/**
 * A client of either side of a comparison. Both sides are loaded by the same client in the same way, WebSocket from the
 * start, so that it costs the machine the same.
 */
export async function connectSocket(
  url: string,
  options: Partial<ManagerOptions & SocketOptions>,
): Promise<Socket> {
  const socket = io(url, { ...options, transports: ["websocket"], forceNew: true, reconnection: false });
  await new Promise<void>((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("connect_error", reject);
  });
  return socket;
}
