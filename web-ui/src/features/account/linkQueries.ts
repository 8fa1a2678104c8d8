import { queryOptions } from '@tanstack/react-query';
import { api, value } from '../../api/client';

/** For whom an invitation is. */
export const invitationQuery = (token: string) =>
  queryOptions({
    queryKey: ['invitation', token],
    queryFn: () => value(api.GET('/api/v1/invitations/by-token/{token}', { params: { path: { token } } })),
    retry: false,
  });
