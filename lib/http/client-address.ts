import type { IncomingMessage } from "node:http";
import { BlockList, isIP } from "node:net";

function familyOf(address: string): "ipv4" | "ipv6" {
  return isIP(address) === 6 ? "ipv6" : "ipv4";
}

/** `::ffff:10.0.0.1` is 10.0.0.1: a dual-stack socket reports IPv4 peers that way. */
function plain(address: string): string {
  return address.startsWith("::ffff:") && isIP(address.slice(7)) === 4 ? address.slice(7) : address;
}

function listOf(proxies: readonly string[]): BlockList {
  const list = new BlockList();
  for (const proxy of proxies) {
    const [address = "", prefix] = proxy.split("/");
    if (prefix === undefined) list.addAddress(address, familyOf(address));
    else list.addSubnet(address, Number(prefix), familyOf(address));
  }
  return list;
}

export interface ClientAddresses {
  /** Whether the peer is a proxy whose `X-Forwarded-*` headers are believed. */
  isTrustedProxy(request: IncomingMessage): boolean;
  /** The client's address: the last hop of `X-Forwarded-For` that is not a trusted proxy, or the peer. */
  addressOf(request: IncomingMessage): string;
}

/** `proxies`: addresses and CIDR ranges of `TRUSTED_PROXIES`. */
export function createClientAddresses(proxies: readonly string[]): ClientAddresses {
  const trusted = listOf(proxies);
  const isTrusted = (address: string) => isIP(address) !== 0 && trusted.check(address, familyOf(address));
  const peerOf = (request: IncomingMessage) => plain(request.socket.remoteAddress ?? "");
  return {
    isTrustedProxy: (request) => isTrusted(peerOf(request)),
    addressOf(request) {
      const forwarded = String(request.headers["x-forwarded-for"] ?? "");
      const hops = [...forwarded.split(",").map((hop) => plain(hop.trim())), peerOf(request)];
      let address = hops.pop() ?? "";
      while (isTrusted(address)) {
        const previous = hops.pop();
        if (previous === undefined || isIP(previous) === 0) break;
        address = previous;
      }
      return address;
    },
  };
}
