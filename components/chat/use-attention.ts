"use client";
import { useEffect, useState } from "react";

/** Whether somebody may be looking: the tab is visible and the window has the focus. */
export function isAttended(): boolean {
  return document.visibilityState === "visible" && document.hasFocus();
}

/** The same, drawn anew when it changes; true until the browser has been asked. */
export function useAttention(): boolean {
  const [attended, setAttended] = useState(true);
  useEffect(() => {
    const ask = () => setAttended(isAttended());
    ask();
    window.addEventListener("focus", ask);
    window.addEventListener("blur", ask);
    document.addEventListener("visibilitychange", ask);
    return () => {
      window.removeEventListener("focus", ask);
      window.removeEventListener("blur", ask);
      document.removeEventListener("visibilitychange", ask);
    };
  }, []);
  return attended;
}
