const EXACT = new Intl.NumberFormat('en', { useGrouping: true });
const SHORT = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const FULL_UP_TO = 9_999;

/** 1,204 up to 9,999, then 12.3K. */
export function shortNumber(value: number): string {
  return Math.abs(value) <= FULL_UP_TO ? EXACT.format(value) : SHORT.format(value);
}

export function exactNumber(value: number): string {
  return EXACT.format(value);
}

/** "1 issue", "2 issues". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${EXACT.format(count)} ${count === 1 ? one : many}`;
}

const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** Bytes in units of 1,000, with three digits at most. */
export function bytes(count: number): string {
  let value = count;
  let unit = 0;
  while (value >= 999.5 && unit < BYTE_UNITS.length - 1) {
    value /= 1_000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1;
  return `${value.toFixed(digits)} ${BYTE_UNITS[unit]}`;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A span of time in its largest unit: "0.4 s", "3 min", "2 h". */
export function span(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 2 * MINUTE) return `${Math.round(seconds)} s`;
  if (seconds < 2 * HOUR) return `${Math.round(seconds / MINUTE)} min`;
  if (seconds < 2 * DAY) return `${Math.round(seconds / HOUR)} h`;
  return `${Math.round(seconds / DAY)} d`;
}

/** "16 s ago"; "in 3 min" for what lies ahead by more than a clock's fault. */
export function relative(at: Date, now: Date): string {
  const seconds = (now.getTime() - at.getTime()) / 1_000;
  if (seconds < -MINUTE) return `in ${whole(-seconds)}`;
  if (seconds < 5) return 'just now';
  return `${whole(seconds)} ago`;
}

function whole(seconds: number): string {
  if (seconds < MINUTE) return `${Math.floor(seconds)} s`;
  if (seconds < HOUR) return `${Math.floor(seconds / MINUTE)} min`;
  if (seconds < DAY) return `${Math.floor(seconds / HOUR)} h`;
  if (seconds < 14 * DAY) return `${Math.floor(seconds / DAY)} d`;
  if (seconds < 60 * DAY) return `${Math.floor(seconds / (7 * DAY))} w`;
  if (seconds < 365 * DAY) return `${Math.floor(seconds / (30 * DAY))} mo`;
  return `${Math.floor(seconds / (365 * DAY))} y`;
}

const two = (value: number) => String(value).padStart(2, '0');
const date = (at: Date) => `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
const time = (at: Date) => `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;

/** The place's own time with seconds and zone: "2026-11-26 15:53:00 GMT+1". */
export function localTime(at: Date): string {
  const zone = new Intl.DateTimeFormat('en', { timeZoneName: 'short' })
    .formatToParts(at)
    .find((part) => part.type === 'timeZoneName');
  return `${date(at)} ${time(at)} ${zone?.value ?? ''}`.trim();
}

/** The time of the day with milliseconds, in the place's own time. */
export function clockTime(at: Date): string {
  return `${time(at)}.${String(at.getMilliseconds()).padStart(3, '0')}`;
}

export function utcTime(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** A time as the browser's own field for it wants it: local, to the minute. */
export function fieldTime(at: Date): string {
  const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}
