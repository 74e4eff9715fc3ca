import type { DeviceId } from "@/lib/contract/ids";
import { isDeviceId, newDeviceId } from "./new-id";

const KEY = "homing.device";

/** This browser's device id, the same for all its tabs and visits; where nothing may be stored, one for this visit. */
export function browserDevice(): DeviceId {
  try {
    const known = localStorage.getItem(KEY);
    if (known !== null && isDeviceId(known)) return known;
    const made = newDeviceId();
    localStorage.setItem(KEY, made);
    return made;
  } catch {
    return newDeviceId();
  }
}
