import type { Job } from '../../api/model';
import { list, num, object, str } from '../../ui/untrusted';

/** What was asked of a replay, as its job keeps it. */
export interface ReplayRequest {
  from: string | undefined;
  to: string | undefined;
  projects: number[];
  types: string[];
  isDry: boolean;
}

export function requestOf(job: Job): ReplayRequest {
  const parameters = object(job.parameters);
  return {
    from: str(parameters['from']),
    to: str(parameters['to']),
    projects: list(parameters['projects']).flatMap((id) => num(id) ?? []),
    types: list(parameters['types']).flatMap((type) => str(type) ?? []),
    isDry: parameters['dry_run'] === true,
  };
}

export interface TableChange {
  table: string;
  added: number;
  changed: number;
  removed: number;
  examples: string[];
}

/** What a replay says of what it did, or would do. */
export interface ReplayReport {
  read: number;
  tables: TableChange[];
  issues: number;
  issueExamples: number[];
  skipped: [string, number][];
  gone: number;
}

export function reportOf(job: Job): ReplayReport | undefined {
  if (!job.result) return undefined;
  const result = object(job.result);
  const issues = object(result['issues']);
  return {
    read: num(result['read']) ?? 0,
    tables: list(result['tables'])
      .map(object)
      .map((table) => ({
        table: str(table['table']) ?? '',
        added: num(table['added']) ?? 0,
        changed: num(table['changed']) ?? 0,
        removed: num(table['removed']) ?? 0,
        examples: list(table['examples']).flatMap((example) => str(example) ?? []),
      }))
      .filter((table) => table.added + table.changed + table.removed > 0),
    issues: num(issues['changed']) ?? 0,
    issueExamples: list(issues['examples']).flatMap((id) => num(id) ?? []),
    skipped: Object.entries(object(result['skipped'])).flatMap(([word, count]): [string, number][] =>
      typeof count === 'number' && count > 0 ? [[word, count]] : [],
    ),
    gone: num(result['gone']) ?? 0,
  };
}
