import type { NextRequest } from "next/server";
import { handleAuth } from "@/lib/auth/handle-auth";
import { getRuntime } from "@/lib/runtime";

interface Context {
  params: Promise<{ nextauth: string[] }>;
}

const handle = (request: NextRequest, context: Context) => handleAuth(request, context, getRuntime());

export { handle as GET, handle as POST };
