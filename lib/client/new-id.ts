import type { ClientId, DeviceId } from "@/lib/contract/ids";

/** A random UUID, version 4. By hand, because `crypto.randomUUID` is missing on pages served over plain http. */
function uuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = Array.from(bytes, (byte, n) => {
    const marked = n === 6 ? (byte & 0x0f) | 0x40 : n === 8 ? (byte & 0x3f) | 0x80 : byte;
    return marked.toString(16).padStart(2, "0");
  });
  return [4, 6, 8, 10].reduceRight((id, at) => `${id.slice(0, at * 2)}-${id.slice(at * 2)}`, hex.join(""));
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function isClientId(text: string): text is ClientId {
  return UUID.test(text);
}

export function isDeviceId(text: string): text is DeviceId {
  return UUID.test(text);
}

export function newClientId(): ClientId {
  const id = uuid();
  return isClientId(id) ? id : newClientId();
}

export function newDeviceId(): DeviceId {
  const id = uuid();
  return isDeviceId(id) ? id : newDeviceId();
}
