/** The list that was shown last, so that the page of an issue can go on to its neighbours. */
let ids: readonly number[] = [];
let current: number | undefined;

export function keepList(shown: readonly number[]): void {
  ids = shown;
}

export function keepCurrent(id: number | undefined): void {
  current = id;
}

/** The issue that was opened last, on which the list stands again when one comes back. */
export function lastCurrent(): number | undefined {
  return current;
}

/** The neighbour of an issue in that list, if it has one. */
export function neighbour(id: number, step: 1 | -1): number | undefined {
  const at = ids.indexOf(id);
  return at < 0 ? undefined : ids[at + step];
}
