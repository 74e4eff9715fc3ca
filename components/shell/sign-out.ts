/**
 * Ends this session by next-auth's own route and goes to the sign-in page. Everything of the page goes with it.
 *
 * @throws Error when the server could not be asked; then one is still signed in.
 */
export async function signOut(): Promise<void> {
  const csrf: unknown = await fetch("/api/auth/csrf", { cache: "no-store" }).then((answer) => answer.json());
  const csrfToken =
    typeof csrf === "object" && csrf !== null && "csrfToken" in csrf ? String(csrf.csrfToken) : "";
  const answer = await fetch("/api/auth/signout", {
    method: "POST",
    body: new URLSearchParams({ csrfToken, json: "true" }),
  });
  if (!answer.ok) throw new Error(`Signing out was answered with ${answer.status}.`);
  window.location.assign("/login?reason=signed_out");
}
