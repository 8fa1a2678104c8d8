import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { RequestFailed, api, value } from '../../api/client';
import type { Role } from '../../api/model';
import { present } from '../../app/search';
import { texts } from '../../texts/en';

export const SECTIONS = [
  'users',
  'teams',
  'projects',
  'tokens',
  'builds',
  'webhooks',
  'jobs',
  'audit',
  'system',
  'organization',
] as const;
export type SectionName = (typeof SECTIONS)[number];
export const ROLES: readonly Role[] = ['viewer', 'member', 'admin', 'owner'];

export const invitationsQuery = queryOptions({
  queryKey: ['invitations'],
  queryFn: () => value(api.GET('/api/v1/invitations')),
});

export const teamsQuery = queryOptions({
  queryKey: ['teams'],
  queryFn: () => value(api.GET('/api/v1/teams')),
});

export const allTokensQuery = queryOptions({
  queryKey: ['tokens', 'all'],
  queryFn: () => value(api.GET('/api/v1/tokens', { params: { query: { all: true } } })),
});

export const organizationTokensQuery = queryOptions({
  queryKey: ['organization', 'tokens'],
  queryFn: () => value(api.GET('/api/v1/organization/tokens')),
});

export const organizationQuery = queryOptions({
  queryKey: ['organization'],
  queryFn: () => value(api.GET('/api/v1/organization')),
});

export const mailQuery = queryOptions({
  queryKey: ['mail'],
  queryFn: () => value(api.GET('/api/v1/mail')),
});

/** A test of mail, until it is known what came of it. */
export const mailTestQuery = (id: number) =>
  queryOptions({
    queryKey: ['delivery', id],
    queryFn: () => value(api.GET('/api/v1/deliveries/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) =>
      state.data === undefined || state.data.state === 'waiting' ? 1_000 : false,
  });

/** Of all processes and not of the API, whose document does not have it. */
interface Readiness {
  checks: Record<string, { status: 'ok' | 'degraded' | 'failed'; cause: string }>;
}

export const readinessQuery = queryOptions({
  queryKey: ['readiness'],
  // What is not ready is answered 503, with the same content.
  queryFn: async () => {
    const response = await fetch('/health/ready');
    if (!response.ok && response.status !== 503)
      throw new RequestFailed(response.status, texts.statusOnly(response.status));
    return (await response.json()) as Readiness;
  },
  refetchInterval: 10_000,
});

const PAGE = 100;

export const auditQuery = (action: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['audit', action ?? null],
    queryFn: ({ pageParam }) =>
      value(
        api.GET('/api/v1/audit-log', {
          params: { query: present({ action, limit: PAGE, cursor: pageParam || undefined }) },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  });
