import { isIP } from "node:net";
import { hostname } from "node:os";

/** A `Host` header's name in lower case, without port and brackets; undefined when it is malformed. */
function hostName(header: string | undefined): string | undefined {
  const match = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+))(?::\d{1,5})?$/i.exec(header ?? "");
  return (match?.[1] ?? match?.[2])?.toLowerCase();
}

/**
 * Which `Host` headers are answered: the public address, the operator's list, this machine's own name, `localhost` and
 * any IP address. A page of another site that points its DNS name here (DNS rebinding) cannot send any of these.
 */
export function createHostCheck(options: {
  publicUrl: string | undefined;
  allowedHosts: readonly string[];
}): (hostHeader: string | undefined) => boolean {
  const names = new Set(["localhost", hostname().toLowerCase()]);
  for (const entry of options.allowedHosts) names.add(hostName(entry) ?? entry.toLowerCase());
  if (options.publicUrl !== undefined) names.add(new URL(options.publicUrl).hostname.toLowerCase());
  return (header) => {
    const name = hostName(header);
    if (name === undefined) return false;
    return names.has(name) || name.endsWith(".localhost") || isIP(name) !== 0;
  };
}
