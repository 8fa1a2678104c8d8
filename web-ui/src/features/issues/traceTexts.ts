export const traceTexts = {
  title: 'Trace',
  open: 'Open the trace',
  in: (projects: string) => `in ${projects}`,
};
