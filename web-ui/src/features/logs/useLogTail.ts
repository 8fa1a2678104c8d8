import { useEffect, useRef, useState } from 'react';
import type { Log, LogFilter, Path } from '../../api/model';

/** After how long a stream that the server refused is asked for again; one that broke off the browser opens by itself. */
const AGAIN_MILLIS = 5_000;

export type TailState = 'off' | 'waiting' | 'live';

interface Listener {
  /** The stream has begun, perhaps once more: what came before it is to be read. */
  onReady: () => void;
  /** The oldest first. */
  onLogs: (logs: Log[], leftOut: number) => void;
  onSkipped: () => void;
}

interface News {
  logs: Log[];
  left_out: number;
}

function addressOf({ project, environment, level, trace, query }: LogFilter): string {
  const words = new URLSearchParams();
  project?.forEach((one) => words.append('project', one));
  environment?.forEach((one) => words.append('environment', one));
  level?.forEach((one) => words.append('level', one));
  if (trace) words.append('trace', trace);
  if (query) words.append('query', query);
  return `${'/api/v1/logs/live' satisfies Path}?${words}`;
}

/** Listens to new logs that a filter wants, as long as it is wanted and the page is seen. */
export function useLogTail(filter: LogFilter, isWanted: boolean, listener: Listener): TailState {
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  const address = addressOf(filter);
  const [live, setLive] = useState<string>();
  useEffect(() => {
    if (!isWanted || typeof EventSource === 'undefined') return undefined;
    let source: EventSource | undefined;
    let again: ReturnType<typeof setTimeout> | undefined;
    const close = () => {
      clearTimeout(again);
      source?.close();
      source = undefined;
      setLive(undefined);
    };
    const open = () => {
      clearTimeout(again);
      if (source) return;
      const opened = new EventSource(address);
      source = opened;
      opened.addEventListener('ready', () => {
        setLive(address);
        latest.current.onReady();
      });
      opened.addEventListener('logs', (message: MessageEvent<string>) => {
        const news = JSON.parse(message.data) as News;
        latest.current.onLogs(news.logs, news.left_out);
      });
      opened.addEventListener('skipped', () => latest.current.onSkipped());
      opened.addEventListener('error', () => {
        setLive(undefined);
        if (opened.readyState !== EventSource.CLOSED) return;
        close();
        again = setTimeout(look, AGAIN_MILLIS);
      });
    };
    const look = () => {
      if (document.visibilityState === 'visible') open();
      else close();
    };
    look();
    document.addEventListener('visibilitychange', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      close();
    };
  }, [address, isWanted]);
  return !isWanted ? 'off' : live === address ? 'live' : 'waiting';
}
