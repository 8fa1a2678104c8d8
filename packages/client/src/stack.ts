import type { Event, ExceptionValue, Frame } from './types.js';

const MAX_FRAMES = 50;
const MAX_CAUSES = 5;
const MAX_TEXT = 8_192;

/** `at name (url:1:2)` and `at url:1:2` of Chrome; `name@url:1:2` and `url:1:2` of Firefox and Safari. */
const CALL = /^\s*(?:at (?:(.+?) \()?|(.*?)@(?=[\w-]+:))?(?:async )?(\S.*?):(\d+):(\d+)\)?$/;

/** Where scripts that a tool has written an id into put it, by the stack of a line of theirs. */
const IDS = '_sentryDebugIds';

/** The calls of a stack as browsers write it, the oldest first. */
export function frames(stack: string | undefined): Frame[] {
  const found: Frame[] = [];
  for (const line of (stack ?? '').split('\n')) {
    const call = CALL.exec(line);
    if (call && found.length < MAX_FRAMES) {
      found.unshift(frame(call[3]!, +call[4]!, +call[5]!, call[1] ?? call[2]));
    }
  }
  return found;
}

export function frame(filename: string, lineno: number, colno: number, name?: string): Frame {
  return { filename, function: name?.replace(/^async /, '') || '?', lineno, colno, in_app: true };
}

/** Whether it is an error, also one of another window. */
export const isError = (thrown: unknown): thrown is Error =>
  thrown instanceof Error || Object.prototype.toString.call(thrown) === '[object Error]';

/** What was thrown and its causes, the first cause first. Whatever can be thrown has a value. */
export function exceptions(thrown: unknown): ExceptionValue[] {
  const values: ExceptionValue[] = [];
  for (let cause = thrown; values.length < MAX_CAUSES && (cause || !values[0]);) {
    if (!isError(cause)) {
      values.unshift({ type: 'Error', value: text(cause).slice(0, MAX_TEXT) });
      break;
    }
    // A page may put anything into them.
    const thing: { name?: unknown; message?: unknown; stack?: unknown } = cause;
    const message = text(thing.message ?? '');
    const calls = frames(withoutHead(text(thing.stack ?? ''), message));
    values.unshift({
      type: text(thing.name ?? 'Error').slice(0, MAX_TEXT),
      value: message.slice(0, MAX_TEXT),
      ...(calls[0] && { stacktrace: { frames: calls } }),
    });
    cause = cause.cause;
  }
  return values;
}

function text(thrown: unknown): string {
  const isPlain = Object.prototype.toString.call(thrown) === '[object Object]';
  return isPlain ? json(thrown) : String(thrown);
}

/** A stack without the message that V8 has in front of it, whose lines might look like calls. Other browsers have none. */
function withoutHead(stack: string, message: string): string {
  const at = stack.indexOf(message);
  const calls = stack.slice(at + message.length);
  const isHead = at >= 0 && /^(?:.*: )?$/.test(stack.slice(0, at)) && /^(?:\n\s+at |$)/.test(calls);
  return isHead ? calls : stack;
}

/** JSON of anything: what is inside of itself, and what JSON does not know, is said in words. */
export function json(value: unknown): string {
  const around: unknown[] = [];
  return JSON.stringify(value, function (this: unknown, _key, inner: unknown) {
    if (typeof inner === 'bigint') return String(inner);
    if (typeof inner !== 'object' || !inner) return inner;
    while (around.length && around.at(-1) !== this) around.pop();
    if (around.includes(inner)) return '[Circular]';
    around.push(inner);
    // A node of the page leads to all others.
    if (inner instanceof Node) return inner.nodeName;
    return isError(inner) ? String(inner) : inner;
  });
}

/** The debug ids of the files that are in the stack traces of an event. */
export function images(values: ExceptionValue[]): Event['debug_meta'] {
  const ids: Record<string, string> = {};
  const noted = (globalThis as { [IDS]?: Record<string, string> })[IDS] ?? {};
  for (const [stack, id] of Object.entries(noted)) {
    const own = frames(stack).at(-1);
    if (own) ids[own.filename] = id;
  }
  const files = values.flatMap((value) => value.stacktrace?.frames ?? []).map((call) => call.filename);
  const found = [...new Set(files)].filter((file) => ids[file]);
  return found[0]
    ? { images: found.map((file) => ({ type: 'sourcemap', code_file: file, debug_id: ids[file]! })) }
    : undefined;
}
