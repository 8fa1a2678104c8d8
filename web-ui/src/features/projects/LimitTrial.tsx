import { useMemo, useState } from 'react';
import { api, value } from '../../api/client';
import type { LimitBacktest } from '../../api/model';
import { Button } from '../../ui/Button';
import { FormFault } from '../../ui/Field';
import { TimeChart } from '../../ui/TimeChart';
import { When } from '../../ui/When';
import { exactNumber, localTime } from '../../ui/format';
import type { LimitDraft } from './limit';
import { protectionTexts } from './protectionTexts';

const { try: texts } = protectionTexts;
const DAYS = 7;
const HOUR = 3_600_000;

function series(trial: LimitBacktest) {
  const begin = Date.parse(trial.from);
  const times = Array.from(
    { length: Math.max(1, Math.ceil((Date.parse(trial.to) - begin) / HOUR)) },
    (_, index) => begin + index * HOUR,
  );
  const taken = times.map(() => 0);
  const rejected = times.map(() => 0);
  for (const hour of trial.hours) {
    const index = Math.floor((Date.parse(hour.at) - begin) / HOUR);
    taken[index] = hour.events - hour.rejected;
    rejected[index] = hour.rejected;
  }
  return {
    times,
    series: [
      { label: texts.taken, color: 'accent', values: taken },
      { label: texts.rejected, color: 'error', values: rejected },
    ],
  };
}

function Result({ trial }: { trial: LimitBacktest }) {
  const drawn = useMemo(() => series(trial), [trial]);
  const windows = trial.windows === 1 ? texts.window : texts.windows(exactNumber(trial.windows));
  return (
    <>
      <p role="status">
        <b>
          {trial.rejected === 0
            ? texts.none(exactNumber(trial.events), DAYS)
            : texts.some(exactNumber(trial.rejected), exactNumber(trial.events), windows)}
        </b>
      </p>
      <p className="meta">{texts.exact(localTime(new Date(trial.exact_from)))}</p>
      <TimeChart title={texts.chart} times={drawn.times} series={drawn.series} height={120} />
      {trial.worst.length > 0 && (
        <table className="limit-worst">
          <caption>{texts.worst}</caption>
          <thead>
            <tr>
              <th scope="col">{texts.at}</th>
              <th scope="col" className="num">
                {texts.events}
              </th>
              <th scope="col" className="num">
                {texts.rejected}
              </th>
            </tr>
          </thead>
          <tbody>
            {trial.worst.map((window) => (
              <tr key={window.at}>
                <th scope="row">
                  <When at={window.at} form="local" />
                </th>
                <td className="num">{exactNumber(window.events)}</td>
                <td className="num">{exactNumber(window.rejected)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

/** What a limit would have done over the last days, before it is saved. */
export function LimitTrial({ projectId, draft }: { projectId: number; draft: LimitDraft }) {
  const [trial, setTrial] = useState<{ answer: LimitBacktest; of: string }>();
  const [fault, setFault] = useState('');
  const [isBusy, setBusy] = useState(false);
  const asked = `${draft.limit} ${draft.seconds}`;
  const run = async () => {
    setBusy(true);
    setFault('');
    try {
      const answer = await value(
        api.GET('/api/v1/projects/{id}/limits/backtest', {
          params: {
            path: { id: projectId },
            query: { limit: Number(draft.limit), window: Number(draft.seconds), days: DAYS },
          },
        }),
      );
      setTrial({ answer, of: asked });
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };
  const words = draft.categories.split(',').map((word) => word.trim());
  const isOfErrors = draft.categories.trim() === '' || words.includes('error');
  if (!isOfErrors) return <p className="meta">{texts.onlyErrors}</p>;
  return (
    <section aria-label={texts.label}>
      <Button busy={isBusy} onClick={() => void run()}>
        {texts.button}
      </Button>
      <FormFault>{fault}</FormFault>
      {trial && (
        <>
          {trial.of !== asked && <p className="meta">{texts.outdated}</p>}
          <Result trial={trial.answer} />
        </>
      )}
    </section>
  );
}
