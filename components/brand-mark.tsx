/** The bird that flies home, folded from three sheets. */
export function BrandMark({ className }: { className?: string }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 32 32" className={className}>
      <rect width="32" height="32" rx="9" className="fill-accent" />
      <path d="M6 9.2 19.6 14 14 22.8Z" className="fill-on-accent" opacity="0.62" />
      <path d="M19.6 14 26 10.6 14 22.8Z" className="fill-on-accent" />
      <path d="M14 22.8 11.2 26l-.4-6.8Z" className="fill-on-accent" opacity="0.8" />
    </svg>
  );
}
