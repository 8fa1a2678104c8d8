import { num, object, str } from '../../ui/untrusted';

const TOP = 5;

/** A frame as one line: where, and in which function. */
export interface FrameLine {
  place: string;
  name: string | undefined;
}

/** The frames nearest to the crash, those of the program if there are any; the one that failed first. */
export function topFrames(frames: readonly unknown[]): FrameLine[] {
  const read = frames.map(object).toReversed();
  const own = read.filter((frame) => frame['in_app'] === true);
  return (own.length > 0 ? own : read).slice(0, TOP).map((frame) => {
    const file = str(frame['filename']) ?? str(frame['module']) ?? str(frame['abs_path']) ?? '?';
    const line = num(frame['lineno']);
    return { place: line === undefined ? file : `${file}:${line}`, name: str(frame['function']) };
  });
}
