import { describe, expect, it } from 'vitest';
import type { Event } from '../../api/model';
import { curlOf, requestOf } from './curl';

const of = (request: unknown) => requestOf({ request } as Event);

describe('a request as a command', () => {
  it('cannot leave its quotes', () => {
    const request = of({
      method: 'POST',
      url: "https://x.example/'; rm -rf ~; '",
      headers: [['X-Name', "it's"]],
      data: { a: 1 },
      query_string: 'q=1',
    })!;
    expect(curlOf(request)).toBe(
      [
        `curl -X 'POST' 'https://x.example/'\\''; rm -rf ~; '\\''?q=1'`,
        `  -H 'X-Name: it'\\''s'`,
        `  --data-raw '{\n "a": 1\n}'`,
      ].join(' \\\n'),
    );
  });

  it('puts the pairs of the query and the cookies where they came from', () => {
    const request = of({
      url: 'https://x.example/a',
      query_string: [
        ['q', 'a b&c'],
        ['flag', ''],
      ],
      cookies: [
        ['one', '1'],
        ['two', '2'],
      ],
    })!;
    const command = "curl -X 'GET' 'https://x.example/a?q=a%20b%26c&flag=' \\\n  -b 'one=1; two=2'";
    expect(curlOf(request)).toBe(command);
    expect(curlOf({ ...request, cookies: of({ cookies: 'one=1; two=2' })!.cookies })).toBe(command);
  });

  it('takes headers in both of their forms, and nothing for nothing', () => {
    expect(of({ url: 'u', headers: { A: 'b' } })?.headers).toEqual([['A', 'b']]);
    expect(of(null)).toBeUndefined();
    expect(of('text')).toBeUndefined();
  });
});
