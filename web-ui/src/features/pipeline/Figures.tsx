import type { Pipeline } from '../../api/model';
import { bytes, exactNumber, span } from '../../ui/format';
import { pipelineTexts } from './texts';

const { figures } = pipelineTexts;

function Figure({ name, value, note }: { name: string; value: string; note?: string | undefined }) {
  return (
    <div className="figure">
      <dt>{name}</dt>
      <dd className="figure-value">{value}</dd>
      <dd className="meta">{note}</dd>
    </div>
  );
}

/** A rate with one digit behind the point while it is small. What is not known is a dash. */
function rate(value: number | null): string {
  if (value === null) return '–';
  return value < 10 ? value.toFixed(1) : exactNumber(Math.round(value));
}

function oldest(seconds: number | null): string {
  if (seconds === null) return '–';
  return seconds === 0 ? '0 s' : span(seconds);
}

function drainNote({ backlog, drain_estimate_seconds: seconds }: Pipeline): string | undefined {
  if (backlog === null) return undefined;
  if (backlog === 0) return figures.nothingWaits;
  return seconds === null ? figures.growing : figures.drain(span(seconds));
}

/** The figures of the moment, the one first that says whether something is wrong. */
export function Figures({ pipeline }: { pipeline: Pipeline }) {
  const { storage } = pipeline;
  return (
    <dl className="figures" aria-label={figures.label}>
      <Figure name={figures.oldest} value={oldest(pipeline.oldest_unprocessed_seconds)} />
      <Figure
        name={figures.backlog}
        value={pipeline.backlog === null ? '–' : exactNumber(pipeline.backlog)}
        note={drainNote(pipeline)}
      />
      <Figure name={figures.accepted} value={rate(pipeline.accepted_per_second)} />
      <Figure name={figures.stored} value={rate(pipeline.stored_per_second)} />
      <Figure
        name={figures.disk}
        value={storage ? bytes(storage.bytes) : '–'}
        note={storage ? figures.diskFull(bytes(storage.bytes_at_full_retention)) : undefined}
      />
    </dl>
  );
}
