/** Where somebody lands who asked for no page in particular. */
const HOME = "/chat";
/** Pages that lead straight back to signing in, and what is no page. */
const NO_RETURN = /^\/(login|setup|join|api|_next)(\/|$)/;

/**
 * The page to show after signing in, from what a link asked for: a path of this server, or, where `origin` is given, an
 * address below it. Everything else, another site's address in any disguise, gives the start page.
 */
export function returnPath(asked: string | null | undefined, origin?: string): string {
  const base = origin ?? "http://homing.invalid";
  if (!asked || !URL.canParse(asked, base)) return HOME;
  const url = new URL(asked, base);
  // What is resolved, not what was written: "//evil.example", "/\evil.example" and "/%09/evil.example" look like paths.
  const path = url.pathname + url.search + url.hash;
  if (url.origin !== new URL(base).origin || path.startsWith("//")) return HOME;
  return NO_RETURN.test(url.pathname) ? HOME : path;
}
