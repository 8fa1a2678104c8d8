import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../app/shellRoute';
import { asked, feedbackCountsQuery, feedbackListQuery, validateFeedbackSearch } from './queries';

const feedbackRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/feedback',
  validateSearch: validateFeedbackSearch,
  loaderDeps: ({ search }) => asked(search),
  loader: ({ context: { queries }, deps }) =>
    Promise.all([
      queries.prefetchInfiniteQuery(feedbackListQuery(deps)),
      queries.prefetchQuery(feedbackCountsQuery(deps)),
    ]),
  component: lazyRouteComponent(() => import('./FeedbackPage'), 'FeedbackPage'),
});

export const feedbackRoutes = [feedbackRoute] as const;
