import { Download } from 'lucide-react';
import { useRef, useState } from 'react';
import { Button } from '../../ui/Button';
import { Menu } from '../../ui/Menu';
import { toast } from '../../ui/Toasts';
import { exactNumber } from '../../ui/format';
import { type Format, type Progress, type Wanted, exportEvents, save } from './export';
import { eventTexts } from './texts';

/** Exports what the page shows, all pages of it. */
export function ExportButton(wanted: Wanted) {
  const [progress, setProgress] = useState<Progress>();
  const stopping = useRef(new AbortController());
  const run = async (format: Format) => {
    stopping.current = new AbortController();
    setProgress({ rows: 0, total: null });
    let last: Progress = { rows: 0, total: null };
    try {
      const file = await exportEvents(
        wanted,
        format,
        (now) => {
          last = now;
          setProgress(now);
        },
        stopping.current.signal,
      );
      save(file, `events.${format}`);
      toast(eventTexts.exported(exactNumber(last.total ?? last.rows)));
    } catch (e) {
      if (!stopping.current.signal.aborted) toast(e instanceof Error ? e.message : String(e));
    } finally {
      setProgress(undefined);
    }
  };
  if (progress) {
    const done = exactNumber(progress.rows);
    return (
      <span className="export-progress" role="status">
        {progress.total === null
          ? eventTexts.exporting(done)
          : eventTexts.exportOf(done, exactNumber(progress.total))}
        <Button look="quiet" onClick={() => stopping.current.abort()}>
          {eventTexts.stop}
        </Button>
      </span>
    );
  }
  return (
    <Menu
      align="end"
      trigger={<Button icon={<Download aria-hidden />}>{eventTexts.export}</Button>}
      entries={[
        { label: eventTexts.exportCsv, run: () => void run('csv') },
        { label: eventTexts.exportJson, run: () => void run('json') },
      ]}
    />
  );
}
