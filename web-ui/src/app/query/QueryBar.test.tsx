import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';
import { QueryBar } from './QueryBar';
import type { QueryFault } from './fault';

const KEYS = [
  { key: 'level', kind: 'word', aliases: [], count: null },
  { key: 'browser', kind: 'tag', aliases: [], count: 12 },
];
const VALUES = [
  { value: 'error', label: null, count: 9 },
  { value: 'Mobile Safari', label: null, count: 3 },
];
const ANSWERS: Record<string, unknown> = {
  '/api/v1/search/keys': KEYS,
  '/api/v1/search/values': VALUES,
  '/api/v1/recent-searches': [{ query: 'is:unresolved', searched_at: '2026-11-27T10:00:00Z' }],
  '/api/v1/saved-searches': [],
};
const onSearch = vi.fn<(query: string, sort?: string) => void>();
const noted: unknown[] = [];

beforeEach(() => {
  onSearch.mockClear();
  noted.length = 0;
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (given) => {
    const request = given as Request;
    if (request.method === 'POST') {
      noted.push(await request.clone().json());
      return new Response(null, { status: 204 });
    }
    return new Response(JSON.stringify(ANSWERS[new URL(request.url).pathname]), {
      status: 200,
      headers: { 'Content-Type': 'application/json' },
    });
  });
});

function bar(value = '', error?: QueryFault) {
  const at = (now: string, fault: QueryFault | undefined) => (
    <QueryClientProvider client={client}>
      <QueryBar
        dataset="issues"
        label="Search"
        placeholder=""
        group="Lists"
        value={now}
        error={fault}
        onSearch={onSearch}
      />
    </QueryClientProvider>
  );
  const client = new QueryClient();
  const { rerender } = render(at(value, error));
  const input = screen.getByRole<HTMLInputElement>('combobox', { name: 'Search' });
  return { input, show: (now: string, fault?: QueryFault) => rerender(at(now, fault)) };
}

const option = (name: RegExp) => screen.findByRole('option', { name });

it('completes a key and a value by keyboard, and searches by Enter alone', async () => {
  const user = userEvent.setup();
  const { input } = bar();
  await user.click(input);
  await option(/^level/);
  await user.keyboard('bro');
  await user.keyboard('{ArrowDown}');
  expect(await option(/^browser/)).toHaveAttribute('aria-selected', 'true');
  expect(input).toHaveAttribute('aria-activedescendant', (await option(/^browser/)).id);
  await user.keyboard('{Enter}');
  expect(input).toHaveValue('browser:');
  expect(onSearch).not.toHaveBeenCalled();

  await option(/Mobile Safari/);
  await user.keyboard('{ArrowUp}{Tab}');
  expect(input).toHaveValue('browser:"Mobile Safari" ');
  expect(input).toHaveFocus();
  await user.keyboard('{Enter}');
  expect(onSearch).toHaveBeenCalledExactlyOnceWith('browser:"Mobile Safari"', undefined);
  await waitFor(() => expect(noted).toEqual([{ dataset: 'issues', query: 'browser:"Mobile Safari"' }]));
});

it('closes by Escape and then lets go, and Tab leaves where nothing is typed', async () => {
  const user = userEvent.setup();
  const { input } = bar();
  await user.click(input);
  await option(/^level/);
  await user.keyboard('{Escape}');
  expect(screen.queryByRole('listbox')).toBeNull();
  expect(input).toHaveFocus();
  await user.keyboard('{Escape}');
  expect(input).not.toHaveFocus();

  await user.click(input);
  await option(/^level/);
  await user.keyboard('{Tab}');
  expect(input).not.toHaveFocus();
  expect(input).toHaveValue('');
});

it('offers what was searched for before, which is searched for at once', async () => {
  const user = userEvent.setup();
  const { input } = bar();
  await user.click(input);
  await user.click(await option(/is:unresolved/));
  expect(onSearch).toHaveBeenCalledExactlyOnceWith('is:unresolved', undefined);
  expect(input).toHaveValue('is:unresolved');
});

it('underlines a fault as long as the query is the one that has it', async () => {
  const user = userEvent.setup();
  const { input, show } = bar('level:eror', { message: 'There is no level eror', position: 6, length: 4 });
  expect(screen.getByTestId('query-fault')).toHaveTextContent('eror');
  expect(input).toBeInvalid();
  expect(input).toHaveAccessibleDescription('There is no level eror');
  await user.type(input, 'x');
  expect(screen.queryByTestId('query-fault')).toBeNull();
  show('level:', { message: "Empty string after 'level:'", position: 6, length: 0 });
  expect(screen.getByTestId('query-fault').textContent).toBe('\u00a0');
});
