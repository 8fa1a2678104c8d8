import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { api, value } from '../api/client';
import { texts } from '../texts/en';
import type { Mark } from '../ui/Marks';
import { SdkText } from '../ui/SdkText';
import { localTime } from '../ui/format';
import type { ScopeQuery } from './search';

/** More lines than these would hide the chart. */
const MAX_MARKS = 100;

const deploymentsQuery = (scope: ScopeQuery) =>
  queryOptions({
    queryKey: ['deployments', scope],
    queryFn: () =>
      value(api.GET('/api/v1/deployments', { params: { query: { ...scope, limit: MAX_MARKS } } })),
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  });

/** The deployments of a scope as marks of a chart; none as long as they are not known. */
export function useDeploymentMarks(scope: ScopeQuery): readonly Mark[] {
  const { data } = useQuery(deploymentsQuery(scope));
  return useMemo(
    () =>
      (data?.results ?? []).map((deployment) => ({
        key: deployment.id,
        at: Date.parse(deployment.deployed_at),
        link: (
          <Link to="/releases/$id" params={{ id: deployment.release_id }}>
            <span>
              <SdkText inList limit={120}>
                {texts.chart.deployment(
                  deployment.short_version,
                  deployment.environment,
                  localTime(new Date(deployment.deployed_at)),
                )}
              </SdkText>
            </span>
          </Link>
        ),
      })),
    [data],
  );
}
