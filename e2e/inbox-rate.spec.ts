import type { Locator, Page } from "@playwright/test";
import { meet, messageWith, say } from "./support/chat";
import { test } from "./support/stingy-test";
import { expect } from "./support/test";

const WORDS = [
  {
    locale: "en-GB",
    reply: "Reply",
    refusal: "That was a little too fast. Please wait a moment.",
  },
  { locale: "zh-CN", reply: "回复", refusal: "操作太快了，请稍等片刻。" },
];

const answerIn = (card: Locator) => card.getByRole("textbox");

async function writeAnswer(page: Page, name: string, reply: string, text: string): Promise<Locator> {
  const card = page.getByRole("article", { name });
  await card.getByRole("button", { name: reply }).click();
  await answerIn(card).fill(text);
  return card;
}

for (const { locale, reply, refusal } of WORDS) {
  test(`answers in the inbox that come too fast are refused in words, and kept (${locale})`, async ({
    signedIn,
  }) => {
    const [ada, ben, cleo] = [
      await signedIn("Ada"),
      await signedIn("Ben", { locale }),
      await signedIn("Cleo"),
    ];
    for (const writer of [ada, cleo]) {
      await meet(writer, ben);
      await say(writer.page, "Tea or coffee?");
    }
    await ben.page.goto("/inbox");
    const [toAda, toCleo] = [
      await writeAnswer(ben.page, "Ada", reply, "Tea, Ada"),
      await writeAnswer(ben.page, "Cleo", reply, "Tea, Cleo"),
    ];
    // Both within the second that the next one needs.
    for (const card of [toAda, toCleo]) await answerIn(card).press("Enter");
    await expect(ben.page.getByText(refusal)).toBeVisible();
    await expect(answerIn(toCleo)).toHaveValue("Tea, Cleo");
    await expect(messageWith(ada.page, "Tea, Ada")).toBeVisible();
    await expect(async () => {
      await answerIn(toCleo).press("Enter", { timeout: 1_000 });
      await expect(messageWith(cleo.page, "Tea, Cleo")).toBeVisible({ timeout: 1_500 });
    }).toPass();
    await expect(messageWith(cleo.page, "Tea, Cleo")).toHaveCount(1);
  });
}
