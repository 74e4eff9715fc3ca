/**
 * Takes a picture of every page, light, dark and on a phone, of a real server with an invented scene:
 * `npm run screenshots -- --language zh --out /somewhere --only chat`. Without words, those of docs/screenshots.
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "@playwright/test";
import { HomingServer } from "../support/homing-server";
import { signIn } from "../support/sign-in";
import { setClusterStage } from "./cluster-stage";
import { Day } from "./day";
import { type Links, type Picture, pictures } from "./pages";
import { READER } from "./scene";
import { setStage } from "./stage";

const { values } = parseArgs({
  options: {
    out: { type: "string", default: join("docs", "screenshots") },
    language: { type: "string", default: "en" },
    only: { type: "string", multiple: true },
  },
});

const day = new Day(new Date());
const LOCALES: Record<string, string> = { en: "en-GB", zh: "zh-CN" };
const DESK = { width: 1280, height: 800 };
const VARIANTS: Record<string, BrowserContextOptions> = {
  light: { colorScheme: "light", viewport: DESK },
  dark: { colorScheme: "dark", viewport: DESK },
  phone: { colorScheme: "light", viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
};
/** The pictures of the README, for dense screens. */
const SHARP = new Set(["chat-inbox"]);

async function take(page: Page, name: string): Promise<void> {
  await page.waitForLoadState("networkidle");
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: join(values.out, `${name}.png`), animations: "disabled" });
}

/** A page of a browser that looks as the variant says; `close` its context. */
async function open(browser: Browser, homing: HomingServer, options: BrowserContextOptions, as?: string) {
  const context = await browser.newContext({
    baseURL: homing.url,
    locale: LOCALES[values.language] ?? values.language,
    timezoneId: day.timeZone,
    reducedMotion: "reduce",
    ...options,
  });
  const zone = encodeURIComponent(day.timeZone);
  await context.addCookies([{ name: "time_zone", value: zone, url: homing.url }]);
  if (as !== undefined) await signIn(context, homing, as);
  return { context, page: await context.newPage() };
}

async function photograph(browser: Browser, homing: HomingServer, picture: Picture, links: Links) {
  for (const [variant, options] of Object.entries(VARIANTS)) {
    if (picture.wide && variant === "phone") continue;
    const density = SHARP.has(picture.name) ? { deviceScaleFactor: 2 } : {};
    const { context, page } = await open(browser, homing, { ...options, ...density }, picture.as);
    await picture.show(page, links);
    await take(page, `${picture.name}-${variant}`);
    await context.close();
  }
}

const isWanted = ({ name }: Pick<Picture, "name">) => values.only === undefined || values.only.includes(name);

/** An admin makes a link to join. */
async function invite(browser: Browser, homing: HomingServer): Promise<string> {
  const options = { locale: "en-GB", viewport: DESK };
  const { context, page } = await open(browser, homing, options, READER.username);
  await page.goto("/admin/people");
  await page.getByRole("button", { name: "New invitation" }).click();
  await page.getByRole("button", { name: "Make the link" }).click();
  const link = await page.getByLabel("Link", { exact: true }).inputValue();
  await context.close();
  return link;
}

const wanted = pictures(READER.username).filter(isWanted);

/** What is to be seen of one node. */
async function takeOfOne(browser: Browser, homing: HomingServer): Promise<void> {
  const setUp = { name: "set-up", show: (page: Page) => page.goto(homing.setupLink()) };
  if (isWanted(setUp)) await photograph(browser, homing, setUp, { invitation: "", talk: "" });
  const stage = await setStage(homing, day);
  const links = { talk: stage.talk, invitation: await invite(browser, homing) };
  for (const picture of wanted.filter(({ cluster }) => !cluster)) {
    await photograph(browser, homing, picture, links);
  }
  stage.leave();
}

/** What is to be seen of three. */
async function takeOfCluster(browser: Browser): Promise<void> {
  const ofCluster = wanted.filter(({ cluster }) => cluster);
  if (ofCluster.length === 0) return;
  const { homing, dispose } = await setClusterStage();
  try {
    for (const picture of ofCluster) await photograph(browser, homing, picture, { invitation: "", talk: "" });
  } finally {
    await dispose();
  }
}

await mkdir(values.out, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"],
});
try {
  await takeOfCluster(browser);
  const homing = await HomingServer.start({ RATE_LIMITS: "off" });
  try {
    await takeOfOne(browser, homing);
  } finally {
    await homing.dispose();
  }
} finally {
  await browser.close();
}
