import { getRuntime } from "@/lib/runtime";

/** Ready to serve: the database and Redis answer and this node is not draining. Load balancers go by it. */
export async function GET(): Promise<Response> {
  const ready = await getRuntime().ready();
  return new Response(ready ? "ready\n" : "not ready\n", {
    status: ready ? 200 : 503,
    headers: { "Cache-Control": "no-store" },
  });
}

export const dynamic = "force-dynamic";
