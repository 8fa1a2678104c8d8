const FIRST_PAGE = '/ui/issues';

/** Where to go on after a login: a path of ours, and never an address that somebody put into a link. */
export function insideOnly(next: string | undefined): string {
  if (!next || !next.startsWith('/') || next.startsWith('//') || next.includes('\\')) return FIRST_PAGE;
  return next.startsWith('/ui') ? next : `/ui${next}`;
}
