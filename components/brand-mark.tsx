/** The bird that flies home. */
export function BrandMark({ className }: { className?: string }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 32 32" className={className}>
      <rect width="32" height="32" rx="9" className="fill-accent" />
      <g className="fill-on-accent">
        <path d="M8.5 5.5 20.5 14 13.5 20Z" opacity=".62" />
        <path d="M13.5 20 20.5 14c.6-2 2-3.2 3.8-3.2 1.3 0 2.3.6 2.9 1.5l2.3.9-2.6.9c-.6 5.2-4 8.4-9 8.4-1.7-.2-3.2-1-4.4-2.5Z" />
        <path d="m13.5 20 4.2 2.5L7 25.5Z" opacity=".82" />
      </g>
    </svg>
  );
}
