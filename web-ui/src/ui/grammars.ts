import { refractor } from 'refractor/core';

/** A language by what platforms and files call it, and where its grammar is. Each is loaded when it is first needed. */
const GRAMMARS: Record<string, () => Promise<{ default: Parameters<typeof refractor.register>[0] }>> = {
  javascript: () => import('refractor/javascript'),
  typescript: () => import('refractor/typescript'),
  jsx: () => import('refractor/jsx'),
  tsx: () => import('refractor/tsx'),
  python: () => import('refractor/python'),
  java: () => import('refractor/java'),
  kotlin: () => import('refractor/kotlin'),
  ruby: () => import('refractor/ruby'),
  php: () => import('refractor/php'),
  go: () => import('refractor/go'),
  csharp: () => import('refractor/csharp'),
  rust: () => import('refractor/rust'),
  swift: () => import('refractor/swift'),
  objectivec: () => import('refractor/objectivec'),
  c: () => import('refractor/c'),
  cpp: () => import('refractor/cpp'),
  dart: () => import('refractor/dart'),
  elixir: () => import('refractor/elixir'),
  bash: () => import('refractor/bash'),
  json: () => import('refractor/json'),
  yaml: () => import('refractor/yaml'),
};

type Node = ReturnType<typeof refractor.highlight>['children'][number];

/** A piece of a line and the kind of word it is; null for none. */
export interface Piece {
  text: string;
  kind: string | null;
}

/** Colours a text by its language: pieces, line by line; null for a language that is not known. */
export async function colored(code: string, language: string): Promise<Piece[][] | null> {
  const load = GRAMMARS[language];
  if (!load) return null;
  if (!refractor.registered(language)) refractor.register((await load()).default);
  const lines: Piece[][] = [[]];
  const add = (nodes: readonly Node[], kind: string | null) => {
    for (const node of nodes) {
      if (node.type === 'text') {
        node.value.split('\n').forEach((text, index) => {
          if (index > 0) lines.push([]);
          if (text) lines.at(-1)?.push({ text, kind });
        });
      } else if (node.type === 'element') {
        const classes = node.properties['className'];
        add(node.children, Array.isArray(classes) ? (kindOf(classes[1]) ?? kind) : kind);
      }
    }
  };
  add(refractor.highlight(code, language).children, null);
  return lines;
}

/** The numbers of lines have the class that grammars give to numbers in code. */
function kindOf(name: string | number | undefined): string | null {
  return name === undefined ? null : name === 'number' ? 'number-literal' : String(name);
}
