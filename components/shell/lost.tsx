import { Compass } from "lucide-react";
import { EmptyState } from "../ui/empty-state";
import { LinkButton } from "../ui/link-button";

export interface LostProps {
  title: string;
  text: string;
  /** The way back to one's conversations. */
  back: string;
}

/** There is nothing at this address; takes the room that is there. */
export function Lost({ title, text, back }: LostProps) {
  return (
    <div className="grid min-h-full min-w-0 flex-1 place-items-center bg-canvas">
      <EmptyState
        page
        icon={<Compass aria-hidden="true" />}
        title={title}
        description={text}
        action={
          <LinkButton href="/chat" variant="primary">
            {back}
          </LinkButton>
        }
      />
    </div>
  );
}
