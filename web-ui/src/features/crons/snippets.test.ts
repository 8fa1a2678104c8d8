import { expect, test } from 'vitest';
import { SNIPPETS } from './snippets';

const DSN = 'https://e12d836b15bb49d7bbf99e64295d995b@errors.example:9000/7';

test('curl asks the address of the DSN, with the slug and the key', () => {
  const code = SNIPPETS.find(({ id }) => id === 'curl')?.code(DSN, 'nightly backup');
  expect(code).toContain(
    "URL='https://errors.example:9000/api/7/cron/nightly%20backup/e12d836b15bb49d7bbf99e64295d995b/'",
  );
});

test('the name of a monitor ends no text and begins no command', () => {
  const slug = 'a\'; rm -rf "$HOME"; \'';
  const code = (id: string) => SNIPPETS.find((snippet) => snippet.id === id)?.code(DSN, slug);
  expect(code('curl')).toContain('/cron/a%27%3B%20rm%20-rf%20%22%24HOME%22%3B%20%27/');
  expect(code('cli')).toContain(`'a'\\''; rm -rf "$HOME"; '\\''' -- ./run-the-job`);
  expect(code('node')).toContain(`withMonitor("a'; rm -rf \\"$HOME\\"; '", `);
  expect(code('python')).toContain(`monitor_slug="a'; rm -rf \\"$HOME\\"; '", `);
  expect(code('java')).toContain(`withCheckIn("a'; rm -rf \\"$HOME\\"; '", `);
});

test.each(SNIPPETS.map((snippet) => [snippet.name, snippet] as const))(
  '%s names the monitor',
  (_, snippet) => {
    expect(snippet.code(DSN, 'nightly')).toContain('nightly');
  },
);
