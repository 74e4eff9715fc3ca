/**
 * The baseline: the least that a direct message over Socket.IO can be. It joins a room for each user, acknowledges, and
 * emits to the recipient's room. Nothing is stored, nobody is checked. Prints its port. With the address of a Redis as its
 * argument it is one of several nodes, joined by the stock streams adapter with its own settings.
 */
import { createServer } from "node:http";
import { createAdapter } from "@socket.io/redis-streams-adapter";
import { Redis } from "ioredis";
import { Server } from "socket.io";

const httpServer = createServer();
const redisUrl = process.argv[2];
const adapter = redisUrl === undefined ? {} : { adapter: createAdapter(new Redis(redisUrl)) };
const io = new Server(httpServer, { transports: ["websocket"], serveClient: false, ...adapter });

io.on("connection", (socket) => {
  socket.join(String(socket.handshake.auth.user));
  socket.on(
    "direct",
    (message: { to: string; body: string }, acknowledge: (answer: { ok: true }) => void) => {
      io.to(message.to).emit("direct", message);
      acknowledge({ ok: true });
    },
  );
});

httpServer.listen(0, "127.0.0.1", () => {
  const address = httpServer.address();
  process.stdout.write(`${typeof address === "object" ? address?.port : ""}\n`);
});
