import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, value } from '../../api/client';
import type { IssueDetail } from '../../api/model';
import { When } from '../../ui/When';
import { exactNumber } from '../../ui/format';
import { stateTexts } from './stateTexts';

const spikeQuery = (issue: number) =>
  queryOptions({
    queryKey: ['issue', issue, 'spike'],
    queryFn: () => value(api.GET('/api/v1/spikes', { params: { query: { issue, open: true, limit: 1 } } })),
    staleTime: 60_000,
  });

/** That the issue happens far more often than usual; nothing while that is not known. */
export function SpikeNote({ issue }: { issue: IssueDetail }) {
  const { data } = useQuery(spikeQuery(issue.id));
  const spike = data?.results[0];
  if (!spike) return null;
  return (
    <p className="spike-note meta">
      {stateTexts.spike(exactNumber(spike.peak), exactNumber(spike.threshold))} <When at={spike.started_at} />
    </p>
  );
}
