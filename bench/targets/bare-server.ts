/**
 * The baseline: the least that a direct message over Socket.IO can be. It joins a room for each user, acknowledges, and
 * emits to the recipient's room. Nothing is stored, nobody is checked. Prints its port.
 */
import { createServer } from "node:http";
import { Server } from "socket.io";

const httpServer = createServer();
const io = new Server(httpServer, { transports: ["websocket"], serveClient: false });

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
