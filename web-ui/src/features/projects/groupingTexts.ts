export const groupingTexts = {
  words:
    'Events with equal fingerprints are one issue. These rules stand above the built-in ones and above what SDKs say. One rule a line; lines that begin with # are comments.',
  fingerprint: 'Fingerprint rules',
  fingerprintHint: 'Conditions -> values, and perhaps a title. The first rule that matches stands.',
  stacktrace: 'Stack-trace rules',
  stacktraceHint:
    'Conditions, then actions. They apply in order; the last that says something about a frame stands.',
  faultAt: (line: number, column: number, words: string) => `Line ${line}, column ${column}: ${words}`,
  rulesOf: (regroup: number) => `These are the rules of regroup ${regroup}, not those of the project.`,
  save: 'Save rules',
  saveWords: 'Saved rules hold for events from now on; what is stored stays where it is.',
  saved: 'Saved; the rules hold for events from now on',
  help: {
    title: 'How rules are written',
    examples: 'Examples',
    fingerprints: [
      '# all timeouts of payments by provider, with a title',
      'type:TimeoutError module:shop.payment.* -> payment-timeout, {{ tags.provider }} title="Payment of {{ tags.provider }} timed out"',
      '# what is not fatal and says deadlock is one issue',
      '!level:fatal message:"*deadlock*" -> deadlock',
      '# as it would be grouped, but apart for each region',
      'function:send -> {{ default }}, {{ tags.region }}',
    ],
    stacktraces: [
      '# generated code is not of the program',
      'path:**/generated/** -app',
      '# frames of the logger never count',
      'module:shop.logging.* -group',
      '# what called dispatch is not of the program',
      'function:dispatch v-app',
    ],
    conditions: 'Conditions',
    facts: [
      [
        'type, value, mechanism, message, logger, level, sdk, release, environment, transaction, tags.NAME, family',
        'of the event; stack-trace rules know only the first three and family',
      ],
      ['function, module, path, package, app:yes, app:no', 'of one frame, which has to meet all of them'],
      ['[ … ] | in front, | [ … ] behind', 'of what called the frame, and of what it called'],
      ['!  *  ?', 'not; any text; one character. In a path * stays in its folder, ** does not'],
      ['"…"', 'around texts with blanks'],
    ] as const,
    actions: 'Actions of stack-trace rules',
    actionFacts: [
      ['+app  -app', 'whether a frame is of the program'],
      ['+group  -group', 'whether it counts'],
      ['^ or v in front', 'for all frames nearer to the crash, for all callers'],
      ['max-frames=N  min-frames=N', 'how many frames count at most, and at least'],
    ] as const,
    values: 'Values of fingerprints',
    valueFacts: [
      ['{{ default }}', 'what the event would be grouped by'],
      [
        '{{ transaction }}, {{ level }}, {{ release }}, {{ environment }}, {{ tags.NAME }}, {{ message }}, {{ type }}, {{ value }}, {{ function }}, {{ module }}, {{ path }}',
        'of the event, also inside of a text',
      ],
    ] as const,
  },
};
