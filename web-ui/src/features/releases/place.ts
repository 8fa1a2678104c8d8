/** A place in minified code, as stack traces write it. */
export interface Place {
  url: string;
  line: number;
  column: number;
}

/** Reads "https://shop.example/app.js:1:2034", also as a whole line of a stack trace; undefined if there is no place in it. */
export function placeIn(text: string): Place | undefined {
  const words = text.trim().replace(/\)$/, '');
  const found = /^(.*):(\d{1,9}):(\d{1,9})$/.exec(words);
  const [, front = '', line, column] = found ?? [];
  const url = front
    .replace(/^.*[\s(]/, '')
    // The function in front of the address, as Firefox and Safari write it.
    .replace(/^[^/@]*@/, '');
  return url === '' ? undefined : { url, line: Number(line), column: Number(column) };
}
