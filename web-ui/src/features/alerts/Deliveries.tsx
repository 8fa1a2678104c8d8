import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import type { Delivery, DeliveryState } from '../../api/model';
import { present } from '../../app/search';
import { Badge } from '../../ui/Badge';
import { Button } from '../../ui/Button';
import { type Column, DataTable } from '../../ui/DataTable';
import { Menu } from '../../ui/Menu';
import { SdkText } from '../../ui/SdkText';
import { Fault, Skeleton, State } from '../../ui/State';
import { When } from '../../ui/When';
import { DeliveryDialog } from './DeliveryDialog';
import './deliveries.css';
import { isGivenUp, useResend } from './deliveryActions';
import { DELIVERY_STATES, deliveriesQuery } from './deliveryQueries';
import { deliveryTexts as texts } from './deliveryTexts';

const TONES = { waiting: 'quiet', delivered: 'good', dead: 'error', suppressed: 'warning' } as const;

function useColumns(open: (id: number) => void): Column<Delivery>[] {
  const { mayResend, resend } = useResend();
  return useMemo(
    () => [
      { name: 'at', head: texts.at, width: '90px', cell: (one) => <When at={one.created_at} /> },
      {
        name: 'rule',
        head: texts.rule,
        width: 'minmax(120px, 1fr)',
        cell: (one) => (
          <button type="button" className="link-button" onClick={() => open(one.id)}>
            <SdkText inList>{one.rule_name ?? texts.kinds[one.kind]}</SdkText>
          </button>
        ),
      },
      {
        name: 'issue',
        head: texts.issue,
        width: 'minmax(120px, 1fr)',
        from: 'tablet',
        cell: (one) =>
          one.issue && one.issue_title ? (
            <Link to="/issues/$id" params={{ id: one.issue }}>
              <SdkText inList>{one.issue_title}</SdkText>
            </Link>
          ) : (
            <SdkText inList>{one.subject}</SdkText>
          ),
      },
      {
        name: 'channel',
        head: texts.channel,
        width: '150px',
        from: 'tablet',
        cell: (one) => <span title={one.target}>{texts.channels[one.channel]}</span>,
      },
      {
        name: 'state',
        head: texts.state,
        width: '100px',
        cell: (one) => <Badge tone={TONES[one.state]}>{texts.states[one.state]}</Badge>,
      },
      {
        name: 'attempts',
        head: texts.attempts,
        width: '56px',
        align: 'end',
        from: 'desk',
        cell: (one) => one.attempts,
      },
      {
        name: 'answer',
        head: texts.answer,
        width: 'minmax(120px, 1fr)',
        from: 'desk',
        cell: (one) => (
          <SdkText inList>{one.error ?? [one.status, one.answer].filter(Boolean).join(' ')}</SdkText>
        ),
      },
      ...(mayResend
        ? [
            {
              name: 'retry',
              head: '',
              width: '84px',
              cell: (one: Delivery) =>
                isGivenUp(one) && <Button onClick={() => resend(one)}>{texts.retry}</Button>,
            },
          ]
        : []),
    ],
    [mayResend, open, resend],
  );
}

/**
 * What was and is to be sent: by project and rule, in one state or all of them. The state stands where its page keeps it; which one is
 * open is nobody's business.
 */
export function Deliveries({
  project,
  rule,
  state,
  onState,
}: {
  project?: number | undefined;
  rule?: number | undefined;
  state?: DeliveryState | undefined;
  onState: (state: DeliveryState | undefined) => void;
}) {
  const answer = useInfiniteQuery(deliveriesQuery(present({ project, rule, state })));
  const rows = useMemo(() => answer.data?.pages.flatMap((page) => page.results) ?? [], [answer.data]);
  const [open, setOpen] = useState<number>();
  const columns = useColumns(setOpen);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = answer;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return (
    <section className="card deliveries" aria-label={texts.list}>
      <div className="deliveries-head">
        <h2>{texts.list}</h2>
        <Menu
          align="end"
          trigger={<Button>{state ? texts.states[state] : texts.all}</Button>}
          entries={[
            { label: texts.all, checked: state === undefined, run: () => onState(undefined) },
            ...DELIVERY_STATES.map((one) => ({
              label: texts.states[one],
              checked: one === state,
              run: () => onState(one),
            })),
          ]}
        />
      </div>
      {answer.isPending ? (
        <Skeleton rows={4} height={36} />
      ) : answer.data === undefined ? (
        <Fault error={answer.error} retry={() => void answer.refetch()} />
      ) : rows.length === 0 ? (
        <State title={state ? texts.noneOfState : texts.none}>{!state && texts.noneWords}</State>
      ) : (
        <DataTable label={texts.list} columns={columns} rows={rows} rowKey={(one) => one.id} onEnd={more} />
      )}
      {open !== undefined && <DeliveryDialog id={open} onClose={() => setOpen(undefined)} />}
    </section>
  );
}
