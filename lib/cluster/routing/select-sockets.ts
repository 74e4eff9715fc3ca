/** Who is in which room here; that of a socket.io-adapter. */
interface Rooms {
  readonly rooms: ReadonlyMap<string, ReadonlySet<string>>;
  readonly sids: ReadonlyMap<string, unknown>;
}

/** The ids of the sockets here in one of `rooms`, of all when there are none, each once; without those in `except`. */
export function selectSockets(
  { rooms: known, sids }: Rooms,
  rooms: Iterable<string>,
  except: Iterable<string>,
): ReadonlySet<string> {
  const selected = new Set<string>();
  let isForAll = true;
  for (const room of rooms) {
    isForAll = false;
    for (const id of known.get(room) ?? []) selected.add(id);
  }
  if (isForAll) for (const id of sids.keys()) selected.add(id);
  for (const room of except) for (const id of known.get(room) ?? []) selected.delete(id);
  return selected;
}
