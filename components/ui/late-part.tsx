"use client";
import { type ComponentType, useCallback, useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "./button";
import { EmptyState } from "./empty-state";

/**
 * A part of a page whose code is fetched when it is first shown: nothing until it is there, and a way to try again when it
 * could not be had. `load` must be the same function as long as it loads the same.
 */
export function LatePart<P extends object>({
  load,
  props,
}: {
  load: () => Promise<ComponentType<P>>;
  props: P;
}) {
  const errors = useTranslations("errors");
  const common = useTranslations("common");
  const [loaded, setLoaded] = useState<{ Part: ComponentType<P> } | "failed">();
  const begin = useCallback(() => {
    load().then(
      (Part) => setLoaded({ Part }),
      () => setLoaded("failed"),
    );
  }, [load]);
  useEffect(begin, [begin]);
  if (loaded === undefined) return null;
  if (loaded !== "failed") return <loaded.Part {...props} />;
  return (
    <EmptyState title={errors("unavailable")} action={<Button onClick={begin}>{common("retry")}</Button>} />
  );
}
