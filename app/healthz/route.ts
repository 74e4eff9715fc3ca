/** Alive: this process answers. Whether it can serve is `/readyz`. */
export function GET(): Response {
  return new Response("ok\n", { headers: { "Cache-Control": "no-store" } });
}

export const dynamic = "force-dynamic";
