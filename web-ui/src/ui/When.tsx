import { useSyncExternalStore } from 'react';
import { localTime, relative, utcTime } from './format';

const EVERY_MILLIS = 10_000;
const listeners = new Set<() => void>();
let now = new Date();
let timer: ReturnType<typeof setInterval> | undefined;

/** One clock for all relative times of a page, which runs as long as one is shown. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (!timer) {
    now = new Date();
    timer = setInterval(() => {
      now = new Date();
      listeners.forEach((each) => each());
    }, EVERY_MILLIS);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/** The time, read anew every ten seconds. */
export function useNow(): Date {
  return useSyncExternalStore(subscribe, () => now);
}

/** A time: relative, or local with its zone; the other and UTC on hover. */
export function When({
  at,
  form = 'relative',
}: {
  at: string | null | undefined;
  form?: 'relative' | 'local';
}) {
  const current = useNow();
  if (!at) return <span>–</span>;
  const moment = new Date(at);
  // What was made since the clock was read last has just been made.
  const shownNow = current < moment && moment.getTime() - current.getTime() < EVERY_MILLIS ? moment : current;
  const words = form === 'relative' ? relative(moment, shownNow) : localTime(moment);
  return (
    <time
      dateTime={at}
      title={`${form === 'relative' ? localTime(moment) : relative(moment, shownNow)}\n${utcTime(moment)}`}
    >
      {words}
    </time>
  );
}
