import { useEffect } from 'react';

/** Listens on the window as long as the caller is on the page. */
export function useWindowEvent<N extends keyof WindowEventMap>(
  name: N,
  listener: (event: WindowEventMap[N]) => void,
): void {
  useEffect(() => {
    window.addEventListener(name, listener);
    return () => window.removeEventListener(name, listener);
  }, [name, listener]);
}
