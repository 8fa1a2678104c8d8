import { counted, exactNumber } from '../../ui/format';

export const filterTexts = {
  words:
    'What meets a filter is not stored and makes no issue. It is counted in the ledger as filtered, by the name of the filter. The raw envelope is kept, so that a replay brings it in once the filter is gone.',
  ledger: 'What was filtered, in the ledger',
  level: 'Less severe than',
  levelHint: 'Events below this level are dropped.',
  noLevel: 'No level is dropped',
  switches: {
    web_crawlers: 'Web crawlers',
    localhost: 'Localhost',
    browser_extensions: 'Browser extensions',
    chunk_load_errors: 'Parts of the application that could not be loaded',
  },
  switchHints: {
    web_crawlers: 'Search engines and link previews, by their user agent.',
    localhost: 'Pages on localhost and 127.0.0.1, and users there.',
    browser_extensions: 'Errors that an extension or an in-app browser threw.',
    chunk_load_errors: 'A page that was open during a deployment asks for files that are gone.',
  },
  patterns: 'Patterns',
  patternsHint: 'One a line, for the whole text, in any case: * is any text, ? one character.',
  lists: {
    error_messages: 'Error messages',
    environments: 'Environments',
    releases: 'Releases',
    client_addresses: 'Client addresses',
  },
  listHints: {
    error_messages:
      'One a line, for instance *ResizeObserver loop* or TypeError: *. Held against messages, values of exceptions, and “type: value”.',
    environments: 'One a line, for instance dev* or qa.',
    releases: 'One a line, for instance shop@1.*',
    client_addresses: 'One a line: addresses or networks such as 10.0.0.0/8, of senders and users.',
  },
  browsers: 'Old browsers',
  browsersHint: 'Browsers below this major version are dropped. Empty means that every version is wanted.',
  browserNames: {
    chrome: 'Chrome',
    edge: 'Edge',
    firefox: 'Firefox',
    safari: 'Safari',
    opera: 'Opera',
    opera_mini: 'Opera Mini',
    samsung_internet: 'Samsung Internet',
    android: 'Android Browser',
    ie: 'Internet Explorer',
  },
  save: 'Save filters',
  saved: 'Saved; it holds within seconds',
  preview: 'Show what they would have dropped',
  previewTitle: 'Preview',
  days: 'Days',
  day: (days: number) => `Last ${counted(days, 'day')}`,
  outdated: 'The filters have been changed since.',
  none: (events: number, days: number) =>
    events === 0
      ? `There are no stored events of the last ${counted(days, 'day')}.`
      : `Nothing of ${counted(events, 'event')} of the last ${counted(days, 'day')} would have been dropped.`,
  dropped: (filtered: number, lookedAt: number, days: number) =>
    `Would have dropped ${exactNumber(filtered)} of ${counted(lookedAt, 'event')} of the last ${counted(days, 'day')}`,
  newest: (lookedAt: number, events: number) =>
    `Looked at the newest ${exactNumber(lookedAt)} of ${exactNumber(events)} stored events.`,
  ofTransactions: (filtered: number, lookedAt: number) =>
    `And ${exactNumber(filtered)} of ${counted(lookedAt, 'transaction')}`,
  newestTransactions: (lookedAt: number, stored: number) =>
    `Looked at the newest ${exactNumber(lookedAt)} of ${exactNumber(stored)} stored transactions.`,
  of: (events: number, issues: number, transactions: number) =>
    [
      ...(events > 0 ? [`${counted(events, 'event')} of ${counted(issues, 'issue')}`] : []),
      ...(transactions > 0 ? [counted(transactions, 'transaction')] : []),
    ].join(' and '),
};
