import { RequestFailed } from '../../api/client';
import type { ExploreExport, ExploreQuestion, Path } from '../../api/model';
import { texts } from '../../texts/en';

export type Format = ExploreExport['format'];

/** What the file is to hold. */
export interface Wanted {
  question: ExploreQuestion;
  fields: readonly string[];
  sort?: string | undefined;
}

export interface Progress {
  rows: number;
  /** null if the server does not know. */
  total: number | null;
}

function address({ question, fields, sort }: Wanted, format: Format): string {
  const asked: ExploreExport = { ...question, field: [...fields], format, ...(sort ? { sort } : {}) };
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(asked)) {
    if (Array.isArray(value)) value.forEach((one: string) => query.append(key, one));
    else if (value !== undefined) query.append(key, value);
  }
  const path = ('/api/v1/explore/{dataset}/export' satisfies Path).replace('{dataset}', 'events');
  return `${path}?${query}`;
}

const NEW_LINE = 10;

/** Fetches what matches as a file, and says how far it is. A line is a row, but for texts with lines of their own. */
export async function exportEvents(
  wanted: Wanted,
  format: Format,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<Blob> {
  const response = await fetch(address(wanted, format), { signal });
  if (!response.ok || !response.body) {
    const body = (await response.json().catch(() => ({}))) as { message?: string };
    throw new RequestFailed(response.status, body.message ?? texts.statusOnly(response.status));
  }
  const header = response.headers.get('X-Total-Count');
  const total = header === null ? null : Number(header);
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const reader = response.body.getReader();
  let rows = format === 'csv' ? -1 : 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    parts.push(part.value);
    rows += part.value.reduce((lines, byte) => (byte === NEW_LINE ? lines + 1 : lines), 0);
    onProgress({ rows: Math.max(0, Math.min(rows, total ?? rows)), total });
  }
  return new Blob(parts, { type: response.headers.get('Content-Type') ?? 'application/octet-stream' });
}

/** Has the browser keep a file. */
export function save(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
