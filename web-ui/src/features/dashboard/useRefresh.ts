import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { scopeHours } from '../../app/search';
import type { Scope } from '../../app/search';
import { useLive } from '../../app/live';
import { DASHBOARD } from './queries';

const SOON_MILLIS = 5_000;
/** A long time changes little by one event, and takes longer to count. */
const LATER_MILLIS = 30_000;
const LONG_HOURS = 48;
/** The window moves on also if nothing happens. */
const ANYWAY_MILLIS = 60_000;
const READ = '.dashboard-panel:hover, .dashboard-panel:focus-within';

/** Asks anew when something has happened, but neither all the time nor in what somebody is reading. */
export function useRefresh(isLive: boolean, scope: Scope): void {
  const queries = useQueryClient();
  const isStale = useRef(false);
  const noted = () => {
    isStale.current = true;
  };
  useLive('event.stored', noted);
  useLive('issue.new', noted);
  useLive('issue.changed', noted);
  useLive('resync', noted);
  const every = scopeHours(scope) > LONG_HOURS ? LATER_MILLIS : SOON_MILLIS;
  useEffect(() => {
    if (!isLive) return undefined;
    let askedAt = Date.now();
    const timer = setInterval(() => {
      const isDue = isStale.current || Date.now() - askedAt >= ANYWAY_MILLIS;
      if (!isDue || document.querySelector(READ)) return;
      isStale.current = false;
      askedAt = Date.now();
      void queries.invalidateQueries({ queryKey: [DASHBOARD] });
    }, every);
    return () => clearInterval(timer);
  }, [isLive, every, queries]);
}
