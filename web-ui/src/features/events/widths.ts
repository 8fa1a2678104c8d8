import { useState } from 'react';

const KEY = 'resentry.events.widths';
export const LEAST_WIDTH = 60;
export const MOST_WIDTH = 900;

type Widths = Readonly<Record<string, number>>;

function stored(): Widths {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    if (typeof found !== 'object' || found === null) return {};
    return Object.fromEntries(
      Object.entries(found).filter(
        (entry): entry is [string, number] =>
          typeof entry[1] === 'number' && entry[1] >= LEAST_WIDTH && entry[1] <= MOST_WIDTH,
      ),
    );
  } catch {
    // Spoiled, or not allowed: columns have their usual widths.
    return {};
  }
}

/** How wide somebody made columns, in pixels; this browser remembers it. */
export function useWidths() {
  const [widths, setWidths] = useState<Widths>(stored);
  const resize = (name: string, width: number) => {
    const next = { ...widths, [name]: Math.max(LEAST_WIDTH, Math.min(MOST_WIDTH, Math.round(width))) };
    setWidths(next);
    try {
      localStorage.setItem(KEY, JSON.stringify(next));
    } catch {
      // They last as long as the page.
    }
  };
  const forget = () => {
    setWidths({});
    localStorage.removeItem(KEY);
  };
  return { widths, resize, forget };
}
