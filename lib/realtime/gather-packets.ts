/** What of a connection of Engine.IO is used here. */
interface Flushing {
  /** Hands what was sent since the last time to the transport, when that is ready for it. */
  flush(): void;
}

/**
 * From now on, the packets that are sent to the connection in one tick are handed to its transport together. Without it
 * the first goes alone, and those that follow have to wait until it is written.
 */
export function gatherPackets(connection: Flushing): void {
  const flush = connection.flush.bind(connection);
  let isDue = false;
  connection.flush = () => {
    if (isDue) return;
    isDue = true;
    process.nextTick(() => {
      isDue = false;
      flush();
    });
  };
}
