import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect } from 'react';
import type { Log } from '../../api/model';
import { LevelMark } from '../../ui/LevelMark';
import { SdkText } from '../../ui/SdkText';
import { localTime } from '../../ui/format';
import { LogDetails, type Narrow } from './LogDetails';
import { logTexts as texts } from './texts';

const ROW = 30;
/** So near the top that somebody reads the newest. */
const AT_TOP = 8;

interface LogStreamProps {
  scroller: RefObject<HTMLDivElement | null>;
  logs: readonly Log[];
  slugs: ReadonlyMap<number, string>;
  /** The one that keys act on. */
  current: string | undefined;
  open: ReadonlySet<string>;
  onToggle: (id: string) => void;
  narrow: Narrow;
  onEnd: () => void;
  /** Called when the newest come in sight, or no longer are. */
  onTop: (isAtTop: boolean) => void;
  stale: boolean;
}

/** A time to the millisecond, of which the day is only of use to who has more than one. */
function clock(timestamp: string): string {
  const at = new Date(timestamp);
  const [day = '', time = ''] = localTime(at).split(' ');
  return `${day.slice(5)} ${time}.${String(at.getUTCMilliseconds()).padStart(3, '0')}`;
}

/** Logs, one line each, of which only those in sight are in the document; one that is opened shows all of itself. */
export function LogStream(props: LogStreamProps) {
  const { scroller, logs, slugs, current, open, onToggle, narrow, onEnd, onTop } = props;
  // oxlint-disable-next-line react/incompatible-library -- its functions are not kept
  const virtual = useVirtualizer({
    count: logs.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    getItemKey: (index) => logs[index]?.id ?? index,
    overscan: 12,
  });
  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? -1;
  useEffect(() => {
    if (last >= logs.length - 10) onEnd();
  }, [last, logs.length, onEnd]);
  const currentIndex = current === undefined ? -1 : logs.findIndex((log) => log.id === current);
  useEffect(() => {
    if (currentIndex >= 0) virtual.scrollToIndex(currentIndex, { align: 'auto' });
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- only a move scrolls, not a new virtualizer
  }, [currentIndex]);
  return (
    <div
      ref={scroller}
      className="log-stream"
      data-stale={props.stale || undefined}
      onScroll={(event) => onTop(event.currentTarget.scrollTop < AT_TOP)}
    >
      <ul className="log-rows" aria-label={texts.list} style={{ height: virtual.getTotalSize() }}>
        {shown.map((item) => {
          const log = logs[item.index];
          if (log === undefined) return null;
          const isOpen = open.has(log.id);
          return (
            <li
              key={log.id}
              ref={virtual.measureElement}
              data-index={item.index}
              className="log-row"
              data-current={log.id === current || undefined}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              <button
                type="button"
                className="log-line"
                aria-expanded={isOpen}
                onClick={() => onToggle(log.id)}
              >
                <time className="mono log-time" dateTime={log.timestamp} title={log.timestamp}>
                  {clock(log.timestamp)}
                </time>
                <LevelMark level={log.level} />
                <span className="log-project">{slugs.get(log.project_id) ?? log.project_id}</span>
                <span className="mono log-text">
                  <SdkText inList>{log.message}</SdkText>
                </span>
              </button>
              {isOpen && (
                <LogDetails
                  log={log}
                  project={slugs.get(log.project_id) ?? String(log.project_id)}
                  narrow={narrow}
                />
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
