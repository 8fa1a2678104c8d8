import { createRequire } from 'node:module';
import type * as React from 'react';
import type { Root } from 'react-dom/client';
import { expect, test, vi } from 'vitest';
import type { Fallen } from '../src/react.js';
import { DSN, answered, load } from './server.js';

const VERSIONS = [
  ['18', createRequire(`${import.meta.dirname}/react-18/package.json`)],
  ['19', createRequire(`${import.meta.dirname}/../package.json`)],
] as const;

test.each(VERSIONS)(
  'React %s: children that fail are replaced, sent once, and tried again',
  async (version, require) => {
    vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const react = require('react') as typeof React;
    const { createRoot } = require('react-dom/client') as { createRoot: (at: Element) => Root };
    const { client, server } = await load();
    vi.doMock('react', () => react);
    const { ErrorBoundary } = await import('../src/react.js');
    client.init({ dsn: DSN });
    let isBroken = true;
    const Cart = () => {
      if (isBroken) throw new RangeError('the cart fell over');
      return 'a cart';
    };
    const seen: Fallen[] = [];
    const onReset = vi.fn<() => void>();
    const fallback = ({ error, eventId, reset }: Fallen) =>
      react.createElement('button', { onClick: reset }, `${(error as Error).message}: ${eventId}`);
    const root = createRoot(document.body.appendChild(document.createElement('div')));
    const boundary = {
      fallback,
      onReset,
      context: { tags: { area: 'cart' } },
      onError: (it: Fallen) => seen.push(it),
    };

    await react.act(async () =>
      root.render(react.createElement(ErrorBoundary, boundary, react.createElement(Cart))),
    );
    await answered();

    expect(react.version.split('.')[0]).toBe(version);
    expect(server.events).toHaveLength(1);
    const [event] = server.events;
    expect(event!.exception!.values[0]).toMatchObject({ type: 'RangeError', value: 'the cart fell over' });
    expect(seen).toEqual([expect.objectContaining({ eventId: event!.event_id })]);
    expect(seen[0]!.componentStack).toContain('Cart');
    const button = document.querySelector('button')!;
    expect(button.textContent).toBe(`the cart fell over: ${event!.event_id}`);
    if (version === '19') {
      expect(event!.contexts!.react!.componentStack).toContain('Cart');
      expect(event!.tags).toEqual({ area: 'cart' });
      expect(event!.exception!.values[0]!.mechanism).toEqual({ type: 'react', handled: true });
    }

    isBroken = false;
    await react.act(async () => button.click());
    expect(document.body.textContent).toContain('a cart');
    expect(onReset).toHaveBeenCalledOnce();
    await react.act(async () => root.unmount());
  },
);

test('without a fallback nothing is shown', async () => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  vi.spyOn(console, 'error').mockImplementation(() => {});
  const require = VERSIONS[1][1];
  const react = require('react') as typeof React;
  const { createRoot } = require('react-dom/client') as { createRoot: (at: Element) => Root };
  await load();
  vi.doMock('react', () => react);
  const { ErrorBoundary } = await import('../src/react.js');
  const Broken = () => {
    throw new Error('never shown');
  };
  const at = document.body.appendChild(document.createElement('div'));
  const root = createRoot(at);

  await react.act(async () =>
    root.render(react.createElement(ErrorBoundary, {}, react.createElement(Broken))),
  );

  expect(at.innerHTML).toBe('');
  await react.act(async () => root.unmount());
});
