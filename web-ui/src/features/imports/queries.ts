import { api, value } from '../../api/client';
import { JOBS_PAGE, jobPages } from '../../app/jobs';
import { present } from '../../app/search';

export const importsQuery = jobPages('imports', (cursor) =>
  value(api.GET('/api/v1/imports', { params: { query: present({ limit: JOBS_PAGE, cursor }) } })),
);
