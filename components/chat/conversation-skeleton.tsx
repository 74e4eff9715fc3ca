"use client";
import { useTranslations } from "use-intl";
import { classNames } from "../ui/class-names";
import { Loading } from "../ui/loading";
import { Skeleton } from "../ui/skeleton";

const BUBBLES = [
  { own: false, size: "h-10 w-56" },
  { own: false, size: "h-10 w-72" },
  { own: true, size: "h-16 w-64" },
  { own: false, size: "h-10 w-40" },
  { own: true, size: "h-10 w-52" },
];

/** A conversation's messages while they load. */
export function ConversationSkeleton() {
  const t = useTranslations("chat");
  return (
    <Loading
      label={t("loadingMessages")}
      className="flex min-h-0 flex-1 flex-col justify-end overflow-hidden"
    >
      <div className="mx-auto flex w-full max-w-184 flex-col gap-3 px-4 pb-4 md:px-6">
        {BUBBLES.map(({ own, size }) => (
          <Skeleton key={`${own} ${size}`} className={classNames("rounded-card!", size, own && "self-end")} />
        ))}
      </div>
    </Loading>
  );
}
