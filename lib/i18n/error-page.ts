import { catalogueOf } from "./catalogue";
import { chooseLocale, LANGUAGE_COOKIE, LANGUAGE_TAGS } from "./locale";

/** The colours of app/globals.css, for a page that has nothing but itself. */
const STYLE = `
:root { color-scheme: light dark; }
:root[data-theme="light"] { color-scheme: light; }
:root[data-theme="dark"] { color-scheme: dark; }
* { box-sizing: border-box; margin: 0; }
body {
  display: grid; place-items: center; min-height: 100dvh; padding: 24px;
  font: 15px/1.5 system-ui, "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif;
  background: light-dark(oklch(0.975 0.003 265), oklch(0.165 0.006 265));
  color: light-dark(oklch(0.22 0.012 265), oklch(0.945 0.004 265));
}
main { display: grid; justify-items: center; max-width: 320px; text-align: center; text-wrap: balance; }
svg {
  width: 48px; height: 48px; padding: 12px; margin-bottom: 16px; border-radius: 12px; fill: none;
  stroke: light-dark(oklch(0.48 0.185 268), oklch(0.78 0.11 268)); stroke-width: 1.75; stroke-linecap: round;
  background: light-dark(oklch(0.97 0.013 268), oklch(0.25 0.03 268));
}
h1 { font-size: 15px; font-weight: 600; }
p { margin-top: 4px; font-size: 14px; color: light-dark(oklch(0.46 0.014 265), oklch(0.745 0.01 265)); }
a {
  margin-top: 20px; padding: 8px 16px; border-radius: 8px; font-size: 14px; font-weight: 500; text-decoration: none;
  background: light-dark(oklch(0.52 0.185 268), oklch(0.545 0.17 268)); color: oklch(0.995 0.003 265);
}
a:focus-visible {
  outline: 2px solid light-dark(oklch(0.56 0.19 268), oklch(0.7 0.14 268)); outline-offset: 2px;
}
`;

const EXCLAMATION = `<svg viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="10"/><path d="M12 8v4m0 4h.01"/></svg>`;

/** What a request says of who asks. */
interface Asking {
  headers: { "accept-language"?: string | undefined; cookie?: string | undefined };
}

/**
 * The page for a document that the server could not make: in the reader's language and theme, without a script, a style
 * sheet or anything else that would have to be fetched from a server in trouble. It may be tried again from here.
 */
export function drawErrorPage({ headers }: Asking): string {
  const locale = chooseLocale(cookieOf(headers.cookie, LANGUAGE_COOKIE), headers["accept-language"] ?? null);
  const { appName, errorTitle, errorText, retry } = catalogueOf(locale).common;
  const theme = cookieOf(headers.cookie, "theme");
  const themed = theme === "light" || theme === "dark" ? ` data-theme="${theme}"` : "";
  return `<!doctype html>
<html lang="${LANGUAGE_TAGS[locale]}"${themed}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<title>${errorTitle} · ${appName}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${EXCLAMATION}
<h1>${errorTitle}</h1>
<p>${errorText}</p>
<a href="">${retry}</a>
</main>
</body>
</html>
`;
}

function cookieOf(header: string | undefined, name: string): string | undefined {
  const pair = header?.split(/;\s*/).find((each) => each.startsWith(`${name}=`));
  return pair?.slice(name.length + 1);
}
