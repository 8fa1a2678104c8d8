import type { Event } from '../../api/model';
import { object, pairs, shown, str } from '../../ui/untrusted';

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

export interface WebRequest {
  method: string;
  url: string;
  query: [string, unknown][];
  queryText: string | undefined;
  headers: [string, unknown][];
  cookies: [string, unknown][];
  environment: [string, unknown][];
  body: string | undefined;
}

/** Cookies as a header has them. */
function cookiesOf(header: string): [string, unknown][] {
  return header.split(';').map((cookie): [string, unknown] => {
    const [name = '', ...value] = cookie.split('=');
    return [name.trim(), value.join('=').trim()];
  });
}

/** The request that an event was about; undefined for none. */
export function requestOf(event: Event): WebRequest | undefined {
  const request = object(event.request);
  if (Object.keys(request).length === 0) return undefined;
  const data = request['data'];
  const query = request['query_string'];
  return {
    method: str(request['method']) ?? 'GET',
    url: str(request['url']) ?? '',
    query: typeof query === 'string' ? [] : pairs(query),
    queryText: typeof query === 'string' && query !== '' ? query : undefined,
    headers: pairs(request['headers']),
    cookies:
      typeof request['cookies'] === 'string' ? cookiesOf(request['cookies']) : pairs(request['cookies']),
    environment: pairs(request['env']),
    body: data === undefined || data === null || data === '' ? undefined : shown(data),
  };
}

const encoded = (pairs: readonly (readonly [string, unknown])[]) =>
  pairs.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(shown(value))}`).join('&');

/** The request as a command that a shell takes for exactly that and nothing more. */
export function curlOf(request: WebRequest): string {
  const text = request.queryText?.replace(/^\?/, '') ?? encoded(request.query);
  const query = text && !request.url.includes('?') ? `?${text}` : '';
  const cookies = request.cookies.map(([name, value]) => `${name}=${shown(value)}`).join('; ');
  return [
    `curl -X ${quoted(request.method)} ${quoted(request.url + query)}`,
    ...(cookies ? [`  -b ${quoted(cookies)}`] : []),
    ...request.headers.map(([name, value]) => `  -H ${quoted(`${name}: ${shown(value)}`)}`),
    ...(request.body === undefined ? [] : [`  --data-raw ${quoted(request.body)}`]),
  ].join(' \\\n');
}
