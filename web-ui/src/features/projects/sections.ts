export const SECTIONS = ['general', 'keys', 'limits', 'filters', 'people', 'danger'] as const;
export type SectionName = (typeof SECTIONS)[number];
