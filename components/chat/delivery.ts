import type { UserId } from "@/lib/contract/ids";
import type { Head } from "@/lib/contract/shapes";

/** How far an own message has come; `read` and `delivered` when it is so for every other member. */
export type Delivery = "sent" | "delivered" | "read";

export interface DeliveryMarks {
  /** Own messages up to these places were delivered and read. */
  deliveredSeq: number;
  readSeq: number;
}

/** Up to where every other member has come. Nowhere when there is none. */
export function deliveryMarks(head: Pick<Head, "receipts">, me: UserId): DeliveryMarks {
  const others = head.receipts.filter((receipt) => receipt.userId !== me);
  if (others.length === 0) return { deliveredSeq: 0, readSeq: 0 };
  return {
    deliveredSeq: Math.min(...others.map((receipt) => Math.max(receipt.deliveredSeq, receipt.readSeq))),
    readSeq: Math.min(...others.map((receipt) => receipt.readSeq)),
  };
}

export function deliveryOf(seq: number, marks: DeliveryMarks): Delivery {
  if (seq <= marks.readSeq) return "read";
  return seq <= marks.deliveredSeq ? "delivered" : "sent";
}
