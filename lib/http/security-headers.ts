import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

function contentSecurityPolicy(nonce: string, development: boolean): string {
  const scripts = `'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`;
  return [
    "default-src 'self'",
    `script-src ${scripts}`,
    // Style attributes of positioned and virtualized elements have no nonce.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/**
 * Sets the headers that every answer carries. The policy goes on the request too: Next reads the nonce for its script
 * tags from there, which is why `guardRequest` removes what a client sent under that name.
 */
export function createSecurityHeaders(options: {
  development: boolean;
  https: boolean;
}): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    const policy = contentSecurityPolicy(randomBytes(16).toString("base64"), options.development);
    request.headers["content-security-policy"] = policy;
    response.setHeader("Content-Security-Policy", policy);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "same-origin");
    response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    response.setHeader("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
    if (options.https) response.setHeader("Strict-Transport-Security", "max-age=31536000");
  };
}
