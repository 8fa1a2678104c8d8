/** The texts of the dashboard. */
export const dashboardTexts = {
  page: 'Dashboard',
  saved: 'All dashboards',
  live: { on: 'Live', off: 'Paused', away: 'Connecting…', pause: 'Pause', resume: 'Resume' },
  tv: { on: 'Hide the navigation', off: 'Show the navigation' },
  keys: { group: 'Dashboard', live: 'Pause or resume', tv: 'Hide or show the navigation' },
  figures: {
    label: 'Figures',
    errors: 'Errors',
    users: 'Users',
    newIssues: 'New issues',
    crashFree: 'Crash-free sessions',
    noSessions: 'No sessions',
    same: 'as many as before',
    more: (count: string, share: string) => `${count} more${share}`,
    fewer: (count: string, share: string) => `${count} fewer${share}`,
    share: (percent: number) => ` (${percent} %)`,
    points: (points: string) => `${points} points`,
    higher: (points: string) => `${points} points higher`,
    lower: (points: string) => `${points} points lower`,
    samePoints: 'as before',
    before: 'than in the time before',
  },
  errors: {
    title: (interval: string) => `Errors by level, each bar ${interval}`,
    marks: 'Deployments and spikes',
    spike: (project: string, peak: string, usual: string, at: string) =>
      `Spike of ${project}: ${peak} a minute, usually ${usual} or fewer, ${at}`,
    youngSpike: (project: string, peak: string, at: string) => `Spike of ${project}: ${peak} a minute, ${at}`,
    cause: (title: string) => `, most by ${title}`,
    release: (version: string) => ` in ${version}`,
  },
  spikes: {
    label: 'Spikes that last',
    words: (project: string, peak: string, threshold: string) =>
      `${project} has a spike: up to ${peak} a minute, above ${threshold}.`,
    short: 'It is too young to know what is usual.',
    issue: (events: string, usual: string) => `${events} events, usually ${usual}:`,
    release: (version: string, events: string, usual: string) =>
      `Release ${version} has ${events} events, usually ${usual}.`,
    limit: (limit: string) => `Spike protection lets ${limit} a minute through.`,
  },
  issues: { title: 'Top issues', none: 'No issue happened in this time.', all: 'All' },
  releases: {
    title: 'Releases by errors per 100 sessions',
    none: 'No release had sessions in this time. SDKs send them by themselves once they know the release.',
    words: (errors: string, sessions: string) => `${errors} errors in ${sessions} sessions`,
  },
  empty: {
    title: 'No event yet',
    words: 'The dashboard fills with the first event of a project.',
    action: 'Set up a project',
  },
};
