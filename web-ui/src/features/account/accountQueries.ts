import { queryOptions } from '@tanstack/react-query';
import { api, value } from '../../api/client';

export const sessionsQuery = queryOptions({
  queryKey: ['account-sessions'],
  queryFn: () => value(api.GET('/api/v1/account/sessions')),
});

export const tokensQuery = queryOptions({
  queryKey: ['tokens', 'own'],
  queryFn: () => value(api.GET('/api/v1/tokens', { params: { query: {} } })),
});

export const secondFactorQuery = queryOptions({
  queryKey: ['second-factor'],
  queryFn: () => value(api.GET('/api/v1/account/second-factor')),
});

export const identitiesQuery = queryOptions({
  queryKey: ['account-identities'],
  queryFn: () => value(api.GET('/api/v1/account/identities')),
});

export const ACCOUNT_SECTIONS = [
  'profile',
  'notifications',
  'password',
  'second-factor',
  'sessions',
  'tokens',
] as const;
export type AccountSection = (typeof ACCOUNT_SECTIONS)[number];
