import { memo } from "react";
import { autolink } from "./autolink";

/** A body as it was typed: line breaks kept, web addresses as links, nothing else interpreted. */
export const MessageText = memo(function MessageText({ body }: { body: string }) {
  let offset = 0;
  return autolink(body).map((part) => {
    const key = offset;
    offset += part.text.length;
    if (part.kind === "text") return <span key={key}>{part.text}</span>;
    return (
      <a
        key={key}
        href={part.href}
        target="_blank"
        rel="noopener noreferrer nofollow"
        className="break-all text-accent-ink underline decoration-accent-ink/40 underline-offset-2 hover:decoration-accent-ink"
      >
        {part.text}
      </a>
    );
  });
});
