/** For an element that scrolls: it must be reachable, so that the arrow keys can scroll it (WCAG 2.1.1). */
export const keyboardScrollable = { tabIndex: 0 } as const;
