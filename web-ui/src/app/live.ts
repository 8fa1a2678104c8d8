import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import type { DeadLetter, Job, Path, Pipeline } from '../api/model';

/** What the server tells while a page is open; the names of the events on the stream. */
export interface LiveEvents {
  'issue.new': { issue_id: number; project_id: number };
  'issue.changed': { issue_id: number; project_id: number };
  /** At most once a second for each project. */
  'event.stored': { project_id: number; events: number; issue_ids: number[] };
  pipeline: Partial<Pipeline>;
  dead_letter: Pick<DeadLetter, 'id' | 'project_id'>;
  job: Pick<Job, 'id' | 'state'>;
  /** The stream has begun. */
  ready: object;
  /** Something may be missing: what is shown is to be read anew. */
  resync: object;
}
export type LiveName = keyof LiveEvents;

const NAMES: readonly LiveName[] = [
  'issue.new',
  'issue.changed',
  'event.stored',
  'pipeline',
  'dead_letter',
  'job',
  'ready',
  'resync',
];
/** A tab that nobody sees gives its connection back after this; browsers have six to a host. */
const HIDDEN_MILLIS = 10_000;

const listeners = new Map<LiveName, Set<(data: never) => void>>();
let lastId = '';
let source: EventSource | undefined;
/** After how long a stream that the server refused is asked for again; one that broke off the browser opens by itself. */
const AGAIN_MILLIS = 5_000;
let again: ReturnType<typeof setTimeout> | undefined;
let isConnected = false;
const watchers = new Set<() => void>();

function setConnected(now: boolean): void {
  if (isConnected === now) return;
  isConnected = now;
  watchers.forEach((watcher) => watcher());
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** Whether the stream of this tab is open. */
export function useLiveConnected(): boolean {
  return useSyncExternalStore(watch, () => isConnected);
}

function tell(name: LiveName, message: MessageEvent<string>): void {
  if (message.lastEventId) lastId = message.lastEventId;
  const data = JSON.parse(message.data) as never;
  listeners.get(name)?.forEach((listener) => listener(data));
}

function open(): void {
  if (source || typeof EventSource === 'undefined') return;
  const from = lastId ? `?last_event_id=${encodeURIComponent(lastId)}` : '';
  source = new EventSource(`${'/api/v1/live' satisfies Path}${from}`);
  source.addEventListener('open', () => setConnected(true));
  source.addEventListener('error', () => {
    setConnected(false);
    if (source?.readyState !== EventSource.CLOSED) return;
    close();
    again = setTimeout(open, AGAIN_MILLIS);
  });
  NAMES.forEach((name) => source?.addEventListener(name, (message) => tell(name, message)));
}

function close(): void {
  clearTimeout(again);
  setConnected(false);
  source?.close();
  source = undefined;
}

/** Listens to one kind of event as long as the caller is on the page. */
export function useLive<N extends LiveName>(name: N, listener: (data: LiveEvents[N]) => void): void {
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(() => {
    const call = (data: LiveEvents[N]) => latest.current(data);
    const ofName = listeners.get(name) ?? new Set();
    ofName.add(call);
    listeners.set(name, ofName);
    return () => {
      ofName.delete(call);
    };
  }, [name]);
}

/** The one stream of a tab: open while the tab is seen. Mounted once, by the shell. */
export function useLiveStream(): void {
  const queries = useQueryClient();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      clearTimeout(timer);
      if (document.visibilityState === 'visible') open();
      else timer = setTimeout(close, HIDDEN_MILLIS);
    };
    look();
    document.addEventListener('visibilitychange', look);
    // Without a network a stream may stay open for long without anything coming.
    window.addEventListener('offline', close);
    window.addEventListener('online', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      window.removeEventListener('offline', close);
      window.removeEventListener('online', look);
      clearTimeout(timer);
      close();
    };
  }, []);
  useLive('pipeline', (figures) => {
    queries.setQueryData<Pipeline>(['pipeline'], (before) => (before ? { ...before, ...figures } : before));
  });
  useLive('issue.changed', ({ issue_id }) => {
    void queries.invalidateQueries({ queryKey: ['issue', issue_id] });
  });
  useLive('resync', () => {
    void queries.invalidateQueries({
      predicate: ({ queryKey }) => queryKey[0] !== 'issues' && queryKey[0] !== 'session',
    });
  });
  useLive('job', ({ id }) => {
    void queries.invalidateQueries({ queryKey: ['jobs'] });
    void queries.invalidateQueries({ queryKey: ['job', id] });
    // It may have been a retry.
    void queries.invalidateQueries({ queryKey: ['dead-letters'] });
  });
  useLive('dead_letter', () => {
    void queries.invalidateQueries({ queryKey: ['dead-letters'] });
  });
}
