import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, value } from '../../api/client';
import type { AlertTest } from '../../api/model';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { SdkText } from '../../ui/SdkText';
import { toast } from '../../ui/Toasts';
import { alertTexts } from './texts';

const { test: texts, targets } = alertTexts;
const EVERY_MILLIS = 1_000;
const { states } = texts;

function Fate({ test }: { test: AlertTest }) {
  return (
    <li>
      <p>
        {targets.types[test.type]}: <strong role="status">{states[test.state]}</strong>
      </p>
      {(test.state !== 'waiting' || test.attempts > 0) && (
        <p className="meta">
          {[test.status, test.error].filter((part) => part !== null).join(' ')}{' '}
          {test.answer && <SdkText limit={1_000}>{test.answer}</SdkText>}
        </p>
      )}
    </li>
  );
}

/** What becomes of tests, as long as it is not decided. */
function Fates({ rule, sent }: { rule: number; sent: readonly AlertTest[] }) {
  const ids = new Set(sent.map(({ id }) => id));
  const { data } = useQuery({
    queryKey: ['alert-tests', rule],
    queryFn: () => value(api.GET('/api/v1/alert-rules/{id}/tests', { params: { path: { id: rule } } })),
    refetchInterval: ({ state }) =>
      state.data?.results.some((test) => ids.has(test.id) && test.state === 'waiting') === false
        ? false
        : EVERY_MILLIS,
  });
  const known = data?.results.filter(({ id }) => ids.has(id)) ?? [];
  return (
    <ul className="alert-test">
      {(known.length > 0 ? known : sent).map((test) => (
        <Fate key={test.id} test={test} />
      ))}
    </ul>
  );
}

/** Sends a test to whom the rule tells, and shows what became of it. */
export function TestButton({ rule }: { rule: number }) {
  const [busy, setBusy] = useState(false);
  const [sent, setSent] = useState<AlertTest[]>();
  const send = async () => {
    setBusy(true);
    try {
      const params = { path: { id: rule } };
      setSent((await value(api.POST('/api/v1/alert-rules/{id}/test', { params }))).results);
    } catch (e) {
      toast(e instanceof Error ? e.message : String(e));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button busy={busy} title={texts.hint} onClick={() => void send()}>
        {texts.button}
      </Button>
      {sent && (
        <Dialog open onClose={() => setSent(undefined)} title={texts.button}>
          <Fates rule={rule} sent={sent} />
        </Dialog>
      )}
    </>
  );
}
