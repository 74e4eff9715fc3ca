import { getRuntime } from "@/lib/runtime";

/** The figures of this node for Prometheus; who may read them is decided by `METRICS_TOKEN`. */
export async function GET(request: Request): Promise<Response> {
  const metrics = await getRuntime().readMetrics(request.headers);
  if (metrics === undefined) {
    return new Response("The metrics are read with METRICS_TOKEN, or from this machine itself.\n", {
      status: 403,
      headers: { "Cache-Control": "no-store" },
    });
  }
  return new Response(metrics.text, {
    headers: { "Content-Type": metrics.contentType, "Cache-Control": "no-store" },
  });
}

export const dynamic = "force-dynamic";
