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

  it('takes headers in both of their forms, and nothing for nothing', () => {
    expect(of({ url: 'u', headers: { A: 'b' } })?.headers).toEqual([['A', 'b']]);
    expect(of(null)).toBeUndefined();
    expect(of('text')).toBeUndefined();
  });
});
