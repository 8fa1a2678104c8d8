export const SECTIONS = ['general', 'keys', 'limits', 'people', 'danger'] as const;
export type SectionName = (typeof SECTIONS)[number];
