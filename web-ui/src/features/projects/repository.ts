import type { Event, RepositorySettings } from '../../api/model';
import { type Json, list, num, object, str, values } from '../../ui/untrusted';

export const PROVIDERS = ['github', 'gitlab', 'gitea', 'bitbucket'] as const satisfies readonly Provider[];
export type Provider = RepositorySettings['provider'];

/** A mapping while it is typed. */
export interface MappingDraft {
  key: number;
  from: string;
  to: string;
}

/** Settings while they are typed. */
export interface RepositoryDraft {
  url: string;
  /** Undefined as long as the address tells. */
  provider: Provider | undefined;
  branch: string;
  mappings: MappingDraft[];
}

export function draftOf(settings: RepositorySettings | null): RepositoryDraft {
  if (!settings) return { url: '', provider: undefined, branch: 'main', mappings: [] };
  return {
    url: settings.url,
    provider: settings.provider,
    branch: settings.branch,
    mappings: settings.mappings.map((mapping, key) => ({ key, ...mapping })),
  };
}

/** What shows a repository, by the name of its host; Gitea has none that would tell. */
export function providerOf(url: string): Provider {
  const host = /^\s*https?:\/\/([^/]*)/i.exec(url)?.[1]?.toLowerCase() ?? '';
  if (host.includes('github')) return 'github';
  if (host.includes('gitlab')) return 'gitlab';
  if (host.includes('bitbucket')) return 'bitbucket';
  if (/gitea|forgejo|codeberg/.test(host)) return 'gitea';
  return 'github';
}

export function settingsOf(draft: RepositoryDraft): RepositorySettings {
  return {
    provider: draft.provider ?? providerOf(draft.url),
    url: draft.url.trim(),
    branch: draft.branch.trim(),
    mappings: draft.mappings.map(({ from, to }) => ({ from: from.trim(), to: to.trim() })),
  };
}

/** The names by which the server speaks of what the form shows. */
export function fieldNames(draft: RepositoryDraft): string[] {
  return [
    'path',
    'settings.provider',
    'settings.url',
    'settings.branch',
    ...draft.mappings.flatMap((_, index) => [
      `settings.mappings[${index}].from`,
      `settings.mappings[${index}].to`,
    ]),
  ];
}

const OF_CLASS = /^[^/\\]+\.(java|kt|scala|groovy|clj)$/;

function pathOf(frame: Json): string | undefined {
  const file = str(frame['filename']);
  const folder = str(frame['module'])?.split('.').slice(0, -1).join('/');
  if (file !== undefined && OF_CLASS.test(file) && folder) return `${folder}/${file}`;
  return str(frame['abs_path']) ?? file;
}

/** A path as frames of the program have it, of the frame nearest to the crash; with its line. */
export function placeOf(event: Event): { path: string; line: number } | undefined {
  const stacks = [...values(event.exception).toReversed(), ...values(event.threads), event].map(
    (one) => object(one)['stacktrace'],
  );
  const frames = stacks.flatMap((stack) => list(object(stack)['frames']).map(object).toReversed());
  const known = frames.filter((frame) => pathOf(frame) !== undefined && num(frame['lineno']) !== undefined);
  const frame = known.find((one) => one['in_app'] === true) ?? known[0];
  const path = frame && pathOf(frame);
  return path === undefined ? undefined : { path, line: num(frame?.['lineno']) ?? 1 };
}
