import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const files = (directory: string): string[] =>
  readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    return entry.isDirectory() ? files(path) : [path];
  });
const sources = files('src');

describe('the sources', () => {
  it('name colours in tokens.css only', () => {
    const named = sources
      .filter((path) => /\.(css|tsx)$/.test(path) && !path.endsWith('tokens.css') && !path.includes('.test.'))
      .filter((path) => /#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(/i.test(readFileSync(path, 'utf8')));
    expect(named).toEqual([]);
  });

  it('lock packages without naming where they come from', () => {
    expect(readFileSync('package-lock.json', 'utf8')).not.toContain('"resolved"');
  });

  it('load nothing from elsewhere', () => {
    const page = readFileSync('index.html', 'utf8');
    expect(page).not.toMatch(/https?:\/\//);
    expect(page).not.toMatch(/<script>|style=|<style/);
  });
});
