import type { FilterSettings } from '../../api/model';

type Browser = FilterSettings['legacy_browsers'][number]['browser'];
export type MinimumLevel = NonNullable<FilterSettings['minimum_level']>;

/** The most severe last. */
export const LEVELS: readonly MinimumLevel[] = ['debug', 'info', 'warning', 'error', 'fatal'];

export const BROWSERS: readonly Browser[] = [
  'chrome',
  'edge',
  'firefox',
  'safari',
  'opera',
  'opera_mini',
  'samsung_internet',
  'android',
  'ie',
];

/** What is only on or off. */
export const SWITCHES = ['web_crawlers', 'localhost', 'browser_extensions', 'chunk_load_errors'] as const;

/** What is a list, one entry a line. */
export const LISTS = ['error_messages', 'environments', 'releases', 'client_addresses'] as const;

/** Filters while they are typed. */
export interface FilterDraft {
  /** Empty for none. */
  minimumLevel: MinimumLevel | '';
  switches: Record<(typeof SWITCHES)[number], boolean>;
  lists: Record<(typeof LISTS)[number], string>;
  versions: Partial<Record<Browser, string>>;
}

export function draftOf(settings: FilterSettings): FilterDraft {
  const lines = (list: string[]) => list.join('\n');
  return {
    minimumLevel: settings.minimum_level ?? '',
    switches: {
      web_crawlers: settings.web_crawlers,
      localhost: settings.localhost,
      browser_extensions: settings.browser_extensions,
      chunk_load_errors: settings.chunk_load_errors,
    },
    lists: {
      error_messages: lines(settings.error_messages),
      environments: lines(settings.environments),
      releases: lines(settings.releases),
      client_addresses: lines(settings.client_addresses),
    },
    versions: Object.fromEntries(
      settings.legacy_browsers.map(({ browser, version }) => [browser, String(version)]),
    ),
  };
}

/** What is sent: numbers and addresses as they were typed, for the server to judge. */
export function settingsOf(draft: FilterDraft): FilterSettings {
  const entries = (text: string) =>
    text
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean);
  return {
    minimum_level: draft.minimumLevel === '' ? null : draft.minimumLevel,
    ...draft.switches,
    error_messages: entries(draft.lists.error_messages),
    environments: entries(draft.lists.environments),
    releases: entries(draft.lists.releases),
    client_addresses: entries(draft.lists.client_addresses),
    legacy_browsers: BROWSERS.flatMap((browser) => {
      const version = draft.versions[browser]?.trim() ?? '';
      return version === '' ? [] : [{ browser, version: Number(version) }];
    }),
  };
}
