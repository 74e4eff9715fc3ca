/** The eight groups of an IPv6 address; undefined when it is none. */
function groupsOf(address: string): string[] | undefined {
  const [head = "", tail, more] = (address.split("%")[0] ?? "").toLowerCase().split("::");
  if (more !== undefined) return undefined;
  const before = head === "" ? [] : head.split(":");
  const after = tail === undefined || tail === "" ? [] : tail.split(":");
  const missing = 8 - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...before, ...Array.from({ length: missing }, () => "0"), ...after];
  return groups.every((group) => /^[0-9a-f]{1,4}$/.test(group)) ? groups : undefined;
}

/**
 * What counts as one address when attempts are counted: an IPv4 address, or the /64 that one IPv6 subscriber has to
 * himself. Anything else counts as it is, cut to a length that costs nothing to keep.
 */
export function addressBlock(address: string): string {
  const groups = groupsOf(address);
  if (groups === undefined) return address.slice(0, 64);
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":")}::/64`;
}
