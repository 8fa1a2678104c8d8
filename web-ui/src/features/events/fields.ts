/** Fields of the explorer as addresses and queries have them. */

/** Splits at commas that are in no brackets or parentheses, as a field may have one. */
export function splitFields(text: string | undefined): string[] {
  const fields: string[] = [];
  let depth = 0;
  let field = '';
  for (const char of text ?? '') {
    if (char === ',' && depth === 0) {
      fields.push(field);
      field = '';
    } else {
      if (char === '[' || char === '(') depth += 1;
      if (char === ']' || char === ')') depth = Math.max(0, depth - 1);
      field += char;
    }
  }
  fields.push(field);
  return [...new Set(fields.map((one) => one.trim()).filter(Boolean))];
}

/** With one entry moved by some places, as far as there are any. */
export function moved<T>(entries: readonly T[], entry: T, by: number): T[] {
  const at = entries.indexOf(entry);
  const to = Math.max(0, Math.min(entries.length - 1, at + by));
  const rest = entries.filter((one) => one !== entry);
  return at < 0 ? [...entries] : [...rest.slice(0, to), entry, ...rest.slice(to)];
}
