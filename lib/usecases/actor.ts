import type { DeviceId, SessionId, UserId } from "@/lib/contract/ids";
import type { Me } from "@/lib/contract/shapes";

/** How somebody proved who they are: the row that can be revoked. */
export type Credential = { kind: "session"; id: SessionId } | { kind: "token"; id: string };

/** Who asks: every use case takes one and decides what they may do. */
export interface Actor extends Me {
  id: UserId;
  credential: Credential;
  /** Absent over HTTP. */
  device?: DeviceId;
}
