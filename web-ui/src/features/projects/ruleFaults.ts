import type { RuleFault } from '../../ui/RuleEditor';
import { groupingTexts } from './groupingTexts';

/** The two texts of rules, by the names the API gives them. */
export const RULE_FIELDS = ['fingerprint_rules', 'stacktrace_rules'] as const;
export type RuleField = (typeof RULE_FIELDS)[number];
export type RuleTexts = Record<RuleField, string>;

const PLACE = /^line (\d+), column (\d+): (?:(?:fingerprint|stack-trace) rules: )?/;

/** What is wrong with rules by the words of the server, which say line and column in front. */
export function faultOf(words: string | undefined): RuleFault | undefined {
  if (words === undefined) return undefined;
  const found = PLACE.exec(words);
  if (!found) return { message: words, place: undefined };
  const place = { line: Number(found[1]), column: Number(found[2]) };
  return { message: groupingTexts.faultAt(place.line, place.column, words.slice(found[0].length)), place };
}
