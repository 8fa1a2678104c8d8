import { list, num, object, str } from '../../ui/untrusted';

/** A part of what an event is grouped by: a text, or a part that has parts. */
export interface GroupingPart {
  /** What it is, such as "exception", "frame" or "function". */
  id: string;
  /** The place of a frame in the list that the SDK sent. */
  index: number | undefined;
  /** What is hashed; undefined of a part that has parts. */
  value: string | undefined;
  parts: GroupingPart[];
  counts: boolean;
  /** Why it was left out, or how it was changed. */
  hint: string | undefined;
}

export function partOf(json: unknown): GroupingPart {
  const given = object(json);
  return {
    id: str(given['id']) ?? '',
    index: num(given['index']),
    value: typeof given['value'] === 'string' ? given['value'] : undefined,
    parts: list(given['children']).map(partOf),
    counts: given['contributes'] !== false,
    hint: str(given['hint']),
  };
}

/** The frames of a stack as they are read: the one that failed first. */
export function framesOfStack(stack: GroupingPart): GroupingPart[] {
  return stack.parts.toSorted((one, other) => (other.index ?? 0) - (one.index ?? 0));
}

const STACK_HOLDERS = new Set(['exception', 'threads']);

function stacksOf(part: GroupingPart): GroupingPart[] {
  if (STACK_HOLDERS.has(part.id)) return part.parts.filter((one) => one.id === 'stacktrace').slice(0, 1);
  return part.parts.flatMap(stacksOf);
}

/**
 * Of each exception, the newest first, the places of the frames that made the hash. A long chain is shortened and the members of a
 * group are sorted before they are hashed: then nothing says which exception is which, and the list is empty.
 *
 * @param exceptions how many the event has
 */
export function framesThatCount(hashed: GroupingPart, exceptions: number): ReadonlySet<number>[] {
  const isGroup = hashed.id === 'exceptions' || hashed.parts.some((part) => part.id === 'exceptions');
  const stacks = stacksOf(hashed);
  if (isGroup || stacks.length !== exceptions) return [];
  return stacks.map(
    (stack) =>
      new Set(
        stack.counts
          ? stack.parts.flatMap((frame) => (frame.counts && frame.index !== undefined ? [frame.index] : []))
          : [],
      ),
  );
}
