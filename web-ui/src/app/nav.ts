import type { LucideIcon } from 'lucide-react';
import {
  Bell,
  Bug,
  CalendarClock,
  Gauge,
  HeartPulse,
  LayoutDashboard,
  ListTree,
  MessageSquare,
  ScrollText,
  Tag,
  Workflow,
} from 'lucide-react';
import type { Session } from '../api/model';
import { texts } from '../texts/en';
import { can } from './session';

interface Entry<To extends string> {
  to: To;
  label: string;
  /** For whom it is there; everybody if not given. */
  shown?: (session: Session) => boolean;
}

export interface NavEntry extends Entry<
  | '/issues'
  | '/events'
  | '/dashboard'
  | '/releases'
  | '/alerts'
  | '/pipeline'
  | '/uptime'
  | '/logs'
  | '/performance'
  | '/crons'
  | '/feedback'
> {
  icon: LucideIcon;
  /** The second key behind g. */
  key: string;
}

/** The pages in the navigation, in its order; the first four have a place on phones, the others are behind More. */
export const NAV: readonly NavEntry[] = [
  { to: '/issues', label: texts.nav.issues, icon: Bug, key: 'i' },
  { to: '/events', label: texts.nav.events, icon: ListTree, key: 'e' },
  { to: '/dashboard', label: texts.nav.dashboard, icon: LayoutDashboard, key: 'd' },
  { to: '/releases', label: texts.nav.releases, icon: Tag, key: 'r' },
  { to: '/performance', label: texts.nav.performance, icon: Gauge, key: 't' },
  { to: '/logs', label: texts.nav.logs, icon: ScrollText, key: 'l' },
  { to: '/alerts', label: texts.nav.alerts, icon: Bell, key: 'a' },
  { to: '/crons', label: texts.nav.crons, icon: CalendarClock, key: 'c' },
  { to: '/uptime', label: texts.nav.uptime, icon: HeartPulse, key: 'u' },
  { to: '/feedback', label: texts.nav.feedback, icon: MessageSquare, key: 'f' },
  { to: '/pipeline', label: texts.nav.pipeline, icon: Workflow, key: 'p' },
];

/** The pages behind the gear, above what changes how pages look. */
export const SETTINGS: readonly Entry<'/projects/new' | '/account' | '/admin' | '/imports'>[] = [
  { to: '/account', label: texts.settings.account },
  { to: '/admin', label: texts.settings.admin },
  { to: '/projects/new', label: texts.scope.newProject, shown: (session) => can(session, 'project:write') },
  { to: '/imports', label: texts.settings.imports, shown: (session) => can(session, 'org:write') },
];
