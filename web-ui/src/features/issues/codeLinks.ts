import type { FrameLink } from '../../api/model';
import type { Frame } from './frames';

/** Finds the link of a frame. */
export type LinkOf = (frame: Frame) => FrameLink | undefined;

/**
 * The links of the frames that one exception of the page shows.
 *
 * @param index its place on the page, where the newest exception is the first
 * @param exceptions how many the page shows
 */
export function linksOf(links: readonly FrameLink[], index: number, exceptions: number): LinkOf {
  const sent = exceptions - 1 - index;
  return (frame) =>
    links.find(
      (link) =>
        link.frame === frame.index &&
        // A stack of a thread is shown with the first exception, or as one.
        (link.exception === sent || (link.exception === null && index === 0)) &&
        link.line === frame.line,
    );
}

/** "cart.py:42" */
export function lineName({ path, line }: FrameLink): string {
  return `${path.split('/').at(-1) ?? path}:${line}`;
}
