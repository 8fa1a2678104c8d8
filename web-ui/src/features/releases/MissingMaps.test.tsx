import {
  RouterProvider,
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
} from '@tanstack/react-router';
import { render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { MissingMaps } from './MissingMaps';

async function shown(events: number) {
  const root = createRootRoute();
  const list = createRoute({
    getParentRoute: () => root,
    path: '/',
    component: () => (
      <p>
        A release <MissingMaps release={{ id: 7, minified_events: events }} />
      </p>
    ),
  });
  const router = createRouter({
    routeTree: root.addChildren([list]),
    history: createMemoryHistory({ initialEntries: ['/'] }),
  });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- not the routes of the application
  render(<RouterProvider router={router as never} />);
  await screen.findByText(/A release/);
}

describe('a release', () => {
  it('says how many of its events lack source maps, and leads to its artifacts', async () => {
    await shown(1);
    const link = screen.getByRole('link', { name: 'Maps missing: 1' });
    expect(link).toHaveAttribute('title', 'Source maps missing: 1 event');
    expect(link).toHaveAttribute('href', '/releases/7#artifacts');
  });

  it('says that there are many, where no more are counted', async () => {
    await shown(100);
    const link = screen.getByRole('link', { name: 'Maps missing: 100+' });
    expect(link).toHaveAttribute('title', 'Source maps missing: 100 events or more');
  });

  it('says nothing when none does', async () => {
    await shown(0);
    expect(screen.queryByRole('link')).toBeNull();
  });
});
