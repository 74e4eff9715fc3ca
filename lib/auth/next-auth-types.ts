import type { Me } from "@/lib/contract/shapes";

declare module "next-auth" {
  interface Session {
    user: Me;
    /** The row of the session. */
    sid: string;
  }
  interface User {
    sid: string;
  }
}

declare module "next-auth/jwt" {
  interface JWT {
    /** The row of the session; a token without one, or whose row has ended, is worth nothing. */
    sid?: string;
  }
}
