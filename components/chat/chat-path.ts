/** The address of a conversation. */
export function chatPath(id: string): string {
  return `/chat/${id}`;
}

/** The id in the address of an open conversation; not yet looked up, so any UUID. */
export function openIdIn(pathname: string): string | undefined {
  return /^\/chat\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(pathname)?.[1];
}
