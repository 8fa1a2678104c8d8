import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { present, text } from '../../app/search';
import { sessionQuery } from '../../app/session';
import { rootRoute } from '../../app/shellRoute';

const validateNext = (raw: Record<string, unknown>): { next?: string } =>
  present({ next: text(raw['next']) });

const validateLogin = (raw: Record<string, unknown>): { next?: string; fault?: string } =>
  present({ next: text(raw['next']), fault: text(raw['fault']) });

const loginRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/login',
  validateSearch: validateLogin,
  component: lazyRouteComponent(() => import('./LoginPage'), 'LoginPage'),
});

const welcomeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/welcome',
  validateSearch: validateNext,
  beforeLoad: async ({ context }) => {
    const session = await context.queries.ensureQueryData(sessionQuery);
    if (!session) throw redirect({ to: '/login', search: {} });
  },
  component: lazyRouteComponent(() => import('./WelcomePage'), 'WelcomePage'),
});

const secondFactorRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/second-factor',
  validateSearch: validateNext,
  beforeLoad: async ({ context }) => {
    const session = await context.queries.ensureQueryData(sessionQuery);
    if (!session) throw redirect({ to: '/login', search: {} });
  },
  component: lazyRouteComponent(() => import('./SecondFactorPage'), 'SecondFactorPage'),
});

const invitationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/invitation/$token',
  component: lazyRouteComponent(() => import('./InvitationPage'), 'InvitationPage'),
});

const forgottenRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/forgotten',
  component: lazyRouteComponent(() => import('./ForgottenPage'), 'ForgottenPage'),
});

const passwordResetRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/password-reset/$token',
  component: lazyRouteComponent(() => import('./PasswordResetPage'), 'PasswordResetPage'),
});

export const accountRoutes = [
  loginRoute,
  welcomeRoute,
  secondFactorRoute,
  invitationRoute,
  forgottenRoute,
  passwordResetRoute,
] as const;
