import { describe, expect, it } from 'vitest';
import type { Log } from '../../api/model';
import { EMPTY_TAIL, MOST_FRESH, merged, told } from './tail';

function log(id: string, timestamp: string): Log {
  return {
    id,
    project_id: 1,
    envelope_id: 'e',
    timestamp,
    received_at: timestamp,
    level: 'info',
    severity_number: 9,
    message: id,
    trace_id: null,
    span_id: null,
    environment: null,
    release: null,
    sdk: null,
    server_address: null,
    attributes: {},
    shortened: false,
  };
}

const A = log('a', '2026-11-20T12:00:00Z');
const B = log('b', '2026-11-20T12:00:01.000001Z');
const C = log('c', '2026-11-20T12:00:01.000002Z');

describe('logs that come in', () => {
  it('are the newest first, each once', () => {
    const first = told(EMPTY_TAIL, [A, B], 0);
    expect(told(first, [B, C], 3)).toEqual({ fresh: [C, B, A], leftOut: 3 });
  });

  it('are bounded, and how many went is known', () => {
    const many = Array.from({ length: MOST_FRESH + 5 }, (_, index) => log(`l${index}`, A.timestamp));
    const tail = told(EMPTY_TAIL, many, 1);
    expect(tail.fresh).toHaveLength(MOST_FRESH);
    expect(tail.fresh[0]?.id).toBe(`l${MOST_FRESH + 4}`);
    expect(tail.leftOut).toBe(6);
  });

  it('stand among those that were read by their time, to the microsecond', () => {
    expect(merged([A, C], [B, A]).map((one) => one.id)).toEqual(['c', 'b', 'a']);
    expect(merged([], [B]).map((one) => one.id)).toEqual(['b']);
  });
});
