import type { Page } from "@playwright/test";

export interface Reading {
  /** Drawn once at this, the list is scrolled up. A regular expression on the text of the list. */
  from: string;
  /** By so many steps, of so many pixels, one every so many frames. */
  steps: number;
  stepPx: number;
  everyFrames: number;
  /**
   * One turn of the wheel for all of it, as a smooth scrolling does it, the first step a small one, and the next when
   * the list has come to rest meanwhile: the page was busy in between.
   */
  flick?: true;
}

export interface Read {
  /** By how many messages the list went back towards its end, against the reader's will. */
  thrownBack: number;
  /** The numbers of the first message in view when the reader began, and at last. */
  began: number;
  ended: number;
}

declare global {
  interface Window {
    homingRead?: Promise<Read>;
    homingFirstInView?: () => number | undefined;
  }
}

/** Frames that are watched after the reader has stopped: whatever the list does by itself it does in them. */
const WATCHED_FRAMES = 40;

/**
 * A reader who turns the wheel in the very frames in which the list draws, measures and moves its rows; a wheel that is
 * turned from outside the page comes too late for most of them when the machine is busy. `read` gives what became of it.
 */
export async function placeReader(page: Page, reading: Reading, when: "next page" | "now"): Promise<void> {
  const argument = { ...reading, watched: WATCHED_FRAMES };
  if (when === "now") await page.evaluate(scrollUp, argument);
  else await page.addInitScript(scrollUp, argument);
}

export async function read(page: Page): Promise<Read> {
  await page.waitForFunction(() => window.homingRead !== undefined);
  return page.evaluate(async () => (await window.homingRead) ?? Promise.reject(new Error("Nobody reads.")));
}

/** The number of the first message that is in view. */
export const firstInView = (page: Page): Promise<number | undefined> =>
  page.evaluate(() => window.homingFirstInView?.());

/** Runs in the page. */
function scrollUp({ from, steps, stepPx, everyFrames, flick, watched }: Reading & { watched: number }): void {
  const start = new RegExp(from);
  const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
  const list = () => document.querySelector<HTMLElement>("[role=log]");
  /** The number of the first message that is in view; undefined while nothing is. */
  const firstIn = (log: HTMLElement): number | undefined => {
    const { top, bottom } = log.getBoundingClientRect();
    const inView = [...log.querySelectorAll("article")].filter((row) => {
      const box = row.getBoundingClientRect();
      return row.checkVisibility({ visibilityProperty: true }) && box.bottom > top + 1 && box.top < bottom;
    });
    const numbers = inView.map((row) => Number(row.dataset.seq)).filter((number) => number > 0);
    return numbers.length === 0 ? undefined : Math.min(...numbers);
  };
  const turnTheWheel = (log: HTMLElement) =>
    log.dispatchEvent(new WheelEvent("wheel", { deltaY: -stepPx, bubbles: true }));
  /** The list takes no pointers while it is scrolled. */
  const isScrolled = (log: HTMLElement) => log.querySelector('[style*="pointer-events: none"]') !== null;
  const hesitate = async (log: HTMLElement) => {
    turnTheWheel(log);
    log.scrollTop -= 8;
    do await frame();
    while (isScrolled(log));
  };
  const begin = async (): Promise<HTMLElement> => {
    for (;;) {
      const log = list();
      if (log !== null && start.test(log.innerText) && firstIn(log) !== undefined) return log;
      await frame();
    }
  };
  const step = (log: HTMLElement) => {
    if (flick !== true) turnTheWheel(log);
    log.scrollTop -= stepPx;
  };
  const scroll = async (): Promise<Read> => {
    const log = await begin();
    const began = firstIn(log) ?? 0;
    const seen = [began];
    if (flick) await hesitate(log);
    for (let count = 0; count < steps * everyFrames + watched; count += 1) {
      if (count % everyFrames === 0 && count < steps * everyFrames) step(log);
      await frame();
      seen.push(firstIn(log) ?? began);
    }
    const back = seen.map((number, index) => number - Math.min(...seen.slice(0, index + 1)));
    return { thrownBack: Math.max(...back), began, ended: seen.at(-1) ?? began };
  };
  window.homingFirstInView = () => {
    const log = list();
    return log === null ? undefined : firstIn(log);
  };
  window.homingRead = scroll();
}
