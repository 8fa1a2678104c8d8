import { useLocation } from '@tanstack/react-router';
import { type RefObject, useEffect } from 'react';

/** How long the parts of a page may take to come. */
const SETTLED_AFTER = 10_000;

const HANDS = ['wheel', 'touchstart', 'pointerdown', 'keydown'];

/**
 * Keeps an element in view that the address names behind its #, while what is above it is still loading and pushes it away: until
 * somebody touches the page.
 */
export function useAnchor(id: string, element: RefObject<HTMLElement | null>) {
  const { hash } = useLocation();
  useEffect(() => {
    const target = element.current;
    if (hash !== id || !target) return undefined;
    const observer = new ResizeObserver(() => target.scrollIntoView());
    const leave = () => {
      observer.disconnect();
      clearTimeout(settled);
      HANDS.forEach((hand) => window.removeEventListener(hand, leave));
    };
    const settled = setTimeout(leave, SETTLED_AFTER);
    HANDS.forEach((hand) => window.addEventListener(hand, leave, { passive: true }));
    for (const sibling of target.parentElement?.children ?? []) observer.observe(sibling);
    return leave;
  }, [hash, id, element]);
}
