/** The texts of spike protection, and of limits that are tried. */
export const protectionTexts = {
  title: 'Spike protection',
  words:
    'A spike is a minute with more than three times the events that are usual at this time of the day, and more than 20. While it lasts, no more than that are let through a minute; 15 quiet minutes later the limit is lifted again. What is refused is counted in the ledger as rate limited, with the reason spike_protection.',
  label: 'Limit errors while a spike lasts',
  set: (limit: string) => `A spike lasts: ${limit} errors a minute are let through.`,
  notSet: 'No spike lasts now.',
  save: 'Save protection',
  try: {
    button: 'Try on the last 7 days',
    label: 'What the limit would have done',
    none: (events: string, days: number) =>
      `It would have refused none of ${events} errors of the last ${days} days.`,
    some: (rejected: string, events: string, windows: string) =>
      `It would have refused ${rejected} of ${events} errors, in ${windows}.`,
    windows: (count: string) => `${count} windows`,
    window: '1 window',
    outdated: 'The limit has been changed since.',
    onlyErrors: 'Only errors are tried: of other categories there are no counts by minute.',
    exact: (from: string) =>
      `Errors are known by minute since ${from}. Of hours before that it is the least that would have been refused.`,
    chart: 'Errors by hour',
    rejected: 'refused',
    taken: 'let through',
    worst: 'The windows with the most refused errors',
    at: 'Beginning',
    events: 'Errors',
  },
};
