/** What a device says it is; either part may be unknown. */
export interface DeviceName {
  browser?: string;
  system?: string;
}

/** First match wins: browsers name the ones they are like after themselves. */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(e|A|iOS)?\//, "Edge"],
  [/\b(OPR|Opera)\//, "Opera"],
  [/\bSamsungBrowser\//, "Samsung Internet"],
  [/\bMicroMessenger\//, "WeChat"],
  [/\b(Firefox|FxiOS)\//, "Firefox"],
  [/\b(Chrome|HeadlessChrome|CriOS|Chromium)\//, "Chrome"],
  [/\bVersion\/.* Safari\//, "Safari"],
];

const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b/, "iPhone"],
  [/\biPad\b/, "iPad"],
  [/\bAndroid\b/, "Android"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bWindows NT\b/, "Windows"],
  [/\bMac OS X\b|\bMacintosh\b/, "macOS"],
  [/\bLinux\b/, "Linux"],
];

function firstOf(names: readonly (readonly [RegExp, string])[], text: string): string | undefined {
  return names.find(([pattern]) => pattern.test(text))?.[1];
}

/** A program that is no browser calls itself `name/version`. */
function programIn(userAgent: string): string | undefined {
  return /^(?!Mozilla\/)([A-Za-z][A-Za-z0-9._-]{0,31})(\/|$)/.exec(userAgent)?.[1];
}

/** The browser and system behind a `User-Agent`, as people call them. A hint for its owner, proof of nothing. */
export function deviceName(userAgent: string): DeviceName {
  const browser = firstOf(BROWSERS, userAgent) ?? programIn(userAgent);
  const system = firstOf(SYSTEMS, userAgent);
  return { ...(browser !== undefined && { browser }), ...(system !== undefined && { system }) };
}
