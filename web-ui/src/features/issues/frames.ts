import type { Event } from '../../api/model';
import { type Json, list, num, object, str, values } from '../../ui/untrusted';

export interface Frame {
  /** Its place in the list that the SDK sent. */
  index: number;
  file: string | undefined;
  /** The whole path or address, where it differs. */
  path: string | undefined;
  function: string | undefined;
  module: string | undefined;
  /** Where native code comes from. */
  package: string | undefined;
  address: string | undefined;
  line: number | undefined;
  column: number | undefined;
  inApp: boolean;
  /** The source about the line; empty if the SDK sent none. */
  code: { lines: string[]; from: number } | undefined;
  variables: [string, unknown][];
}

export interface Exception {
  type: string | undefined;
  value: string | undefined;
  module: string | undefined;
  mechanism: { type: string | undefined; handled: boolean | undefined };
  /** The one that failed first. */
  frames: Frame[];
}

function codeOf(frame: Json, line: number | undefined): Frame['code'] {
  const hit = str(frame['context_line']);
  if (hit === undefined || line === undefined) return undefined;
  const before = list(frame['pre_context']).map((text) => str(text) ?? '');
  const after = list(frame['post_context']).map((text) => str(text) ?? '');
  return { lines: [...before, hit, ...after], from: line - before.length };
}

function frameOf(value: unknown, index: number): Frame {
  const frame = object(value);
  const line = num(frame['lineno']);
  return {
    index,
    file: str(frame['filename']),
    path: str(frame['abs_path']),
    function: str(frame['function']),
    module: str(frame['module']),
    package: str(frame['package']),
    address: str(frame['instruction_addr']),
    line,
    column: num(frame['colno']),
    inApp: frame['in_app'] === true,
    code: codeOf(frame, line),
    variables: Object.entries(object(frame['vars'])),
  };
}

/** SDKs send the frame that failed last; people read it first. */
function framesOf(stacktrace: unknown): Frame[] {
  return list(object(stacktrace)['frames']).map(frameOf).toReversed();
}

/** As it is readable, or as it came from the minified code. */
export type Code = 'original' | 'minified';

function stacktraceOf(holder: Json | undefined, code: Code): unknown {
  return (code === 'minified' ? holder?.['raw_stacktrace'] : undefined) ?? holder?.['stacktrace'];
}

/** Whether a source map made frames of an event readable, so that there are two ways to show them. */
export function isSymbolicated(event: Event): boolean {
  return [event, ...values(event.exception), ...values(event.threads)].some(
    (holder) => framesOf(object(holder)['raw_stacktrace']).length > 0,
  );
}

/** Why frames of an event are not readable, in the words of the server. */
export function missingMapsOf(event: Event): string[] {
  return list(event.errors)
    .map(object)
    .filter((error) => /^(js|proguard)_/.test(str(error['type']) ?? ''))
    .map((error) => str(error['reason']))
    .filter((reason) => reason !== undefined);
}

function exceptionOf(value: unknown, code: Code): Exception {
  const exception = object(value);
  const mechanism = object(exception['mechanism']);
  return {
    type: str(exception['type']),
    value: str(exception['value']),
    module: str(exception['module']),
    mechanism: {
      type: str(mechanism['type']),
      handled: typeof mechanism['handled'] === 'boolean' ? mechanism['handled'] : undefined,
    },
    frames: framesOf(stacktraceOf(exception, code)),
  };
}

/** The exceptions of an event, the newest first; without any, the stack of the thread that crashed, as one without a name. */
export function exceptionsOf(event: Event, code: Code = 'original'): Exception[] {
  const exceptions = values(event.exception)
    .map((exception) => exceptionOf(exception, code))
    .toReversed();
  const own = framesOf(stacktraceOf(object(event), code));
  const threads = values(event.threads).map(object);
  const thread =
    threads.find((one) => one['crashed'] === true) ??
    threads.find((one) => one['current'] === true) ??
    threads[0];
  const ofThread = framesOf(stacktraceOf(thread, code));
  const first = exceptions[0];
  if (first && exceptions.every((one) => one.frames.length === 0) && ofThread.length > 0) {
    return [{ ...first, frames: ofThread }, ...exceptions.slice(1)];
  }
  if (first) return exceptions;
  const frames = own.length > 0 ? own : ofThread;
  if (frames.length === 0) return [];
  const none = { type: undefined, value: undefined, module: undefined };
  return [{ ...none, mechanism: { type: undefined, handled: undefined }, frames }];
}

export type Part =
  | { kind: 'frame'; frame: Frame; key: number }
  | { kind: 'library'; frames: Frame[]; from: string; key: number };

/** What a frame belongs to, for the line that stands for many of them. */
function libraryOf(frame: Frame): string {
  const path = frame.path ?? frame.file ?? '';
  const node = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1];
  const python = /site-packages\/([^/]+)/.exec(path)?.[1];
  const dotted = frame.module?.split(/[./:]/).slice(0, 3).join('.');
  const native = frame.package?.split(/[\\/]/).at(-1);
  return node ?? python ?? native ?? dotted ?? path.split('/').at(-1) ?? '';
}

/** Folds runs of library frames into one part each; where nothing is our own there is nothing to fold for. */
export function fold(frames: readonly Frame[], mode: 'app' | 'all'): Part[] {
  if (mode === 'all' || !frames.some((frame) => frame.inApp)) {
    return frames.map((frame, key) => ({ kind: 'frame', frame, key }));
  }
  const parts: Part[] = [];
  frames.forEach((frame, key) => {
    const last = parts.at(-1);
    if (frame.inApp) parts.push({ kind: 'frame', frame, key });
    else if (last?.kind === 'library') last.frames.push(frame);
    else parts.push({ kind: 'library', frames: [frame], from: libraryOf(frame), key });
  });
  return parts;
}

/** Where a frame is: "src/cart.ts:45:12". */
export function placeOf(frame: Frame): string {
  const file = frame.file ?? frame.module ?? frame.package ?? frame.address ?? '?';
  return [file, frame.line, frame.line === undefined ? undefined : frame.column]
    .filter((part) => part !== undefined)
    .join(':');
}

/** The whole trace as text, for an editor or a chat. */
export function rawTrace(exceptions: readonly Exception[]): string {
  return exceptions
    .map((exception, index) => {
      const head = [exception.type, exception.value].filter(Boolean).join(': ') || 'Stack trace';
      const lines = exception.frames.map((frame) => `    at ${frame.function ?? '?'} (${placeOf(frame)})`);
      return [`${index > 0 ? 'Caused by ' : ''}${head}`, ...lines].join('\n');
    })
    .join('\n');
}
