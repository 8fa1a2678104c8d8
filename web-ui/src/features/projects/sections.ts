export const SECTIONS = [
  'general',
  'keys',
  'limits',
  'filters',
  'repository',
  'mappings',
  'webhooks',
  'scrubbing',
  'grouping',
  'people',
  'danger',
] as const;
export type SectionName = (typeof SECTIONS)[number];
