import { api, value } from '../../api/client';
import type { Explored as Dataset } from './kinds';

/** What the explorer answers, by hand: what is in a row depends on what was asked for. */
export interface Explored {
  /** By the texts of the fields. */
  data: Record<string, unknown>[];
  meta: { fields: Record<string, string> };
}

export interface ExploredSeries {
  series: {
    /** The figure as it was asked for. */
    name: string;
    /** The values of its group; empty without groups. */
    group: Record<string, unknown>;
    /** Seconds since 1970, and the figure. */
    values: (number | null)[][];
  }[];
}

interface Question {
  query: string;
  project?: string[];
  environment?: string[];
  start?: string;
  end?: string;
}

export interface RowsQuestion extends Question {
  field: string[];
  sort?: string;
  limit: number;
}

export interface SeriesQuestion extends Question {
  y: string[];
  group?: string[];
  top?: number;
}

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

type Ask = <T>(
  path: string,
  options: { params: { path: { dataset: Dataset }; query: object } },
) => Promise<Answer<T>>;

const ask = api.GET as unknown as Ask;

export function rows(dataset: Dataset, query: RowsQuestion): Promise<Explored> {
  return value(ask<Explored>('/api/v1/explore/{dataset}', { params: { path: { dataset }, query } }));
}

export function series(dataset: Dataset, query: SeriesQuestion): Promise<ExploredSeries> {
  return value(
    ask<ExploredSeries>('/api/v1/explore/{dataset}/series', { params: { path: { dataset }, query } }),
  );
}
