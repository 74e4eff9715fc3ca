"use client";
import { CircleAlert, CircleCheck, X } from "lucide-react";
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { useTranslations } from "use-intl";

export interface ToastContent {
  text: string;
  tone?: "success" | "danger";
  /** One thing to do about it, for example to undo. */
  action?: { label: string; run: () => void };
}

interface ShownToast extends ToastContent {
  id: number;
}

/** Long enough to read and to reach the action; it waits while the pointer or the focus is on it. */
const SHOWN_MS = 7_000;

const ToastContext = createContext<((toast: ToastContent) => void) | undefined>(undefined);

/** Shows a short message that goes by itself. The latest one replaces the one before. */
export function useToast(): (toast: ToastContent) => void {
  const show = useContext(ToastContext);
  if (show === undefined) throw new Error("useToast needs a ToastProvider above it");
  return show;
}

export function ToastProvider({ children }: { children: ReactNode }) {
  const [toast, setToast] = useState<ShownToast>();
  const nextId = useRef(1);
  const show = useCallback((content: ToastContent) => {
    setToast({ ...content, id: nextId.current++ });
  }, []);
  const close = useCallback(() => setToast(undefined), []);
  const region = useMemo(
    () => (
      <div
        role="status"
        className="pointer-events-none fixed inset-x-3 bottom-[calc(4.5rem+env(safe-area-inset-bottom))] z-50 flex justify-center md:bottom-6"
      >
        {toast && <ToastCard key={toast.id} toast={toast} onClose={close} />}
      </div>
    ),
    [toast, close],
  );
  return (
    <ToastContext value={show}>
      {children}
      {region}
    </ToastContext>
  );
}

function ToastCard({ toast, onClose }: { toast: ShownToast; onClose: () => void }) {
  const t = useTranslations("common");
  const card = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const timer = setInterval(() => {
      if (!card.current?.matches(":hover, :focus-within")) onClose();
    }, SHOWN_MS);
    return () => clearInterval(timer);
  }, [onClose]);
  const Icon = toast.tone === "danger" ? CircleAlert : CircleCheck;
  return (
    <div
      ref={card}
      className="pointer-events-auto flex max-w-md animate-rise items-center gap-2.5 rounded-card bg-ink py-1.5 ps-3.5 pe-1.5 text-sm text-surface shadow-float"
    >
      <Icon aria-hidden="true" className="size-4 shrink-0 opacity-80" />
      <p className="min-w-0 py-1.5 wrap-anywhere">{toast.text}</p>
      {toast.action && (
        <button
          type="button"
          className="h-8 shrink-0 rounded-control px-2.5 font-semibold underline-offset-2 outline-offset-0 hover:underline focus-visible:outline-surface"
          onClick={() => {
            toast.action?.run();
            onClose();
          }}
        >
          {toast.action.label}
        </button>
      )}
      <button
        type="button"
        aria-label={t("close")}
        onClick={onClose}
        className="grid size-8 shrink-0 place-items-center rounded-control opacity-70 outline-offset-0 hover:opacity-100 focus-visible:outline-surface"
      >
        <X aria-hidden="true" className="size-4" />
      </button>
    </div>
  );
}
