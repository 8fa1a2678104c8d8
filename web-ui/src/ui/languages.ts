const BY_ENDING: Record<string, string> = {
  js: 'javascript',
  mjs: 'javascript',
  cjs: 'javascript',
  vue: 'javascript',
  svelte: 'javascript',
  ts: 'typescript',
  mts: 'typescript',
  jsx: 'jsx',
  tsx: 'tsx',
  py: 'python',
  java: 'java',
  kt: 'kotlin',
  rb: 'ruby',
  erb: 'ruby',
  php: 'php',
  go: 'go',
  cs: 'csharp',
  rs: 'rust',
  swift: 'swift',
  m: 'objectivec',
  mm: 'objectivec',
  c: 'c',
  h: 'c',
  cc: 'cpp',
  cpp: 'cpp',
  hpp: 'cpp',
  dart: 'dart',
  ex: 'elixir',
  exs: 'elixir',
  sh: 'bash',
  json: 'json',
  yml: 'yaml',
  yaml: 'yaml',
};

const BY_PLATFORM: Record<string, string> = {
  javascript: 'javascript',
  node: 'javascript',
  python: 'python',
  java: 'java',
  ruby: 'ruby',
  php: 'php',
  go: 'go',
  csharp: 'csharp',
  rust: 'rust',
  cocoa: 'swift',
  native: 'cpp',
  dart: 'dart',
  elixir: 'elixir',
};

/** The language of a file by its name, or else by the platform of the event; undefined if neither says. */
export function languageOf(
  file: string | undefined,
  platform: string | null | undefined,
): string | undefined {
  const ending = file?.split(/[?#]/)[0]?.split('.').at(-1)?.toLowerCase();
  return (ending && BY_ENDING[ending]) || (platform ? BY_PLATFORM[platform] : undefined);
}
