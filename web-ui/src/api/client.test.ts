import { afterEach, describe, expect, it, vi } from 'vitest';
import { RequestFailed, api, keepCsrfToken, value, whenSessionIsLost } from './client';
import type { ApiError } from './model';

const answer = (status: number, body?: unknown) =>
  vi.spyOn(globalThis, 'fetch').mockImplementation(() =>
    Promise.resolve(
      new Response(body === undefined ? null : JSON.stringify(body), {
        status,
        headers: { 'Content-Type': 'application/json' },
      }),
    ),
  );

afterEach(() => {
  keepCsrfToken(null);
  whenSessionIsLost(() => {});
});

describe('the client', () => {
  it('throws the sentence and the fields of the server', async () => {
    answer(409, {
      error: 'conflict',
      message: 'slug: taken',
      status_code: 409,
      details: { slug: "'web' is taken by another project" },
    } satisfies ApiError);
    const failed = await value(api.POST('/api/v1/projects', { body: { name: 'Web', slug: 'web' } })).catch(
      (e: unknown) => e,
    );
    expect(failed).toBeInstanceOf(RequestFailed);
    expect(failed).toMatchObject({
      status: 409,
      message: 'slug: taken',
      details: { slug: "'web' is taken by another project" },
    });
  });

  it('sends the CSRF token with what changes something, and only there', async () => {
    keepCsrfToken({ csrf_token: 'secret' });
    const fetched = answer(200, {});
    await value(api.GET('/api/v1/projects'));
    await value(api.PATCH('/api/v1/account', { body: { name: 'Ada' } }));
    const headers = fetched.mock.calls.map(([request]) => (request as Request).headers.get('X-CSRF-Token'));
    expect(headers).toEqual([null, 'secret']);
  });

  it('tells that a session is lost, but not of a login that was refused', async () => {
    const lost = vi.fn();
    whenSessionIsLost(lost);
    keepCsrfToken({ csrf_token: 'secret' });
    answer(401, { message: 'no' });
    await expect(value(api.POST('/api/v1/session', { body: { email: 'a', password: 'b' } }))).rejects.toThrow(
      'no',
    );
    expect(lost).not.toHaveBeenCalled();
    await expect(value(api.GET('/api/v1/projects'))).rejects.toThrow('no');
    expect(lost).toHaveBeenCalledOnce();
  });

  it('says so when nobody answers', async () => {
    vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('Failed to fetch'));
    await expect(value(api.GET('/api/v1/projects'))).rejects.toMatchObject({ status: 0 });
  });
});
