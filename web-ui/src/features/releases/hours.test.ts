import { describe, expect, it } from 'vitest';
import { countsOf, intervals } from './hours';

const at = (time: string) => Date.parse(`2026-11-18T${time}Z`);

describe('the events of a release over time', () => {
  it('are counted by the hour in a short time', () => {
    const times = intervals(at('10:30:00'), at('13:00:00'));
    expect(times).toEqual([at('10:00:00'), at('11:00:00'), at('12:00:00')]);
    expect(
      countsOf(
        {
          hours: [
            { hour: '2026-11-18T10:00:00Z', events: 2 },
            { hour: '2026-11-18T12:00:00Z', events: 3 },
            { hour: '2026-11-18T13:00:00Z', events: 9 },
          ],
        },
        times,
      ),
    ).toEqual([2, 0, 3]);
  });

  it('are counted by several hours in a long one', () => {
    const end = at('00:00:00');
    const times = intervals(end - 30 * 24 * 3_600_000, end);
    expect(times.length).toBeLessThanOrEqual(121);
    const hours = times.flatMap((time) => [
      { hour: new Date(time).toISOString(), events: 1 },
      { hour: new Date(time + 5 * 3_600_000).toISOString(), events: 1 },
    ]);
    expect(countsOf({ hours }, times)).toEqual(times.map(() => 2));
  });
});
