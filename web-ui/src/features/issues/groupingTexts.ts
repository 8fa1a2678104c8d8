const VARIANTS: Record<string, string> = {
  app: 'what was thrown, and where in the program',
  system: 'what was thrown, and where in all of the stack',
  message: 'its message',
  security: 'what its security report is about',
  template: 'the template that failed',
  fingerprint: 'a fingerprint',
  checksum: 'the checksum that came with it',
  fallback: 'where it came from, as it says nothing else',
};

const PARTS: Record<string, string> = {
  exceptions: 'Group of exceptions',
  chain: 'Exceptions, the newest first',
  exception: 'Exception',
  threads: 'Stack of the event',
  stacktrace: 'Stack, where it failed first',
  fingerprint: 'Fingerprint',
  fallback: 'Where it came from',
  security: 'Security report',
  template: 'Template',
  group: 'Type of the group',
  type: 'Type',
  value: 'Text',
  message: 'Message',
  checksum: 'Checksum',
  ns_error: 'Error code',
  unit: 'Module or file',
  function: 'Function',
  line: 'Line of source',
};

export const groupingTexts = {
  why: 'Why it is here',
  by: (variant: string) => `This event is grouped by ${VARIANTS[variant] ?? variant}.`,
  rule: (origin: string, line: number) =>
    origin === 'SDK'
      ? 'The SDK gave the fingerprint'
      : `${origin === 'project' ? 'A rule of the project' : 'A built-in rule'} decided${line > 0 && origin === 'project' ? `, line ${line}` : ''}`,
  rules: 'Rules of this project',
  strategy: 'Strategy',
  hash: 'Hash',
  copyHash: 'Copy the hash',
  elsewhere:
    'By the rules of today this event would have another hash than those of this issue; a regroup moves it.',
  part: (id: string) => PARTS[id] ?? id.replaceAll('_', ' '),
  counts: 'Counts',
  left: 'Left out',
  unnamed: '(no name)',
  inUnit: 'in',
  noFrames: 'No frames.',
  allFrames: (count: string) => `All ${count} frames`,
  others: 'What would have counted without it',
  made: 'This frame is in the fingerprint',
  madeSome: 'Among these is a frame of the fingerprint',
};
