/** The look that text fields and selects share. */
export const fieldClass = [
  "block w-full min-w-0 rounded-control bg-field text-ink inset-ring inset-ring-line-control",
  "transition-shadow duration-100 hover:inset-ring-muted",
  "focus:inset-ring-2 focus:inset-ring-focus focus:outline-none",
  "aria-invalid:inset-ring-danger-ink disabled:opacity-60",
].join(" ");
