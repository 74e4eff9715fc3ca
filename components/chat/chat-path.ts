/** The address of a conversation. */
export function chatPath(id: string): string {
  return `/chat/${id}`;
}

/** What stands for the open conversation in the address; not yet looked up, so it may be anything. */
export function openIdIn(pathname: string): string | undefined {
  return /^\/chat\/([^/]+)$/.exec(pathname)?.[1];
}
