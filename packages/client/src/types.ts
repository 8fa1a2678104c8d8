/** How bad an event or a breadcrumb is. */
export type Level = 'fatal' | 'error' | 'warning' | 'info' | 'debug';

/** Who uses the page. */
export interface User {
  id?: string | number;
  email?: string;
  username?: string;
  /** `{{auto}}` has the server take the address that the event comes from. */
  ip_address?: string;
}

/** What happened before an error. */
export interface Breadcrumb {
  /** In seconds since 1970; now, if it is left out. */
  timestamp?: number;
  type?: string;
  category?: string;
  level?: Level;
  message?: string;
  data?: Record<string, unknown>;
}

/** One call of a stack trace; an event has the oldest first. */
export interface Frame {
  filename: string;
  function: string;
  lineno: number;
  colno: number;
  in_app: boolean;
}

/** How an exception was caught. */
export interface Mechanism {
  type: string;
  handled: boolean;
}

/** An error as events have it. */
export interface ExceptionValue {
  type: string;
  value: string;
  stacktrace?: { frames: Frame[] };
  mechanism?: Mechanism;
}

/** What one call of `captureException` or `captureMessage` says besides. */
export interface Context {
  level?: Level;
  tags?: Record<string, string>;
  user?: User;
  extra?: Record<string, unknown>;
  contexts?: Record<string, Record<string, unknown>>;
  /** What tells the issue of this event from others, in place of its stack trace. */
  fingerprint?: string[];
  mechanism?: Mechanism;
}

/** What is sent, in the words of the envelope protocol. */
export interface Event extends Omit<Context, 'mechanism'> {
  event_id: string;
  timestamp: number;
  platform: 'javascript';
  release?: string | undefined;
  environment?: string;
  dist?: string | undefined;
  message?: string;
  exception?: { values: ExceptionValue[] };
  breadcrumbs?: Breadcrumb[];
  request?: { url: string; headers: Record<string, string> };
  debug_meta?: { images: { type: 'sourcemap'; code_file: string; debug_id: string }[] } | undefined;
}

/** How a visit of the page goes. All but `ok` end it. */
export type SessionStatus = 'ok' | 'exited' | 'unhandled' | 'crashed' | 'abnormal';

/** How the client is set up. */
export interface Options {
  /** Of the project's key. Without one nothing is sent. */
  dsn: string;
  /** Of which build the page is, such as `shop@1.4.0`. Sessions are counted only of a release. */
  release?: string;
  /** `production`, if it is left out. */
  environment?: string;
  dist?: string;
  /** Changes an event before it is sent, or has it dropped by `null`. */
  beforeSend?: (event: Event, hint: { originalException?: unknown }) => Event | null;
  /** How many breadcrumbs are kept for the next event; 100, if it is left out. */
  maxBreadcrumbs?: number;
  /** Whether clicks, the console, requests and navigation become breadcrumbs by themselves; true, if it is left out. */
  autoBreadcrumbs?: boolean;
  /** Whether a session begins with the page and ends with it; true, if it is left out. */
  autoSessions?: boolean;
  /** An address of your own that passes envelopes on, in place of the one in the DSN. */
  tunnel?: string;
}
