export const MAX_TEXT = 1_000;

/** An address as it is sent: without query and fragment, which may hold secrets, and without the content of `data:`. */
export const address = (url: string): string =>
  url.replace(/^\s*(data:)[^]*|[?#][^]*/i, '$1').slice(0, MAX_TEXT);
