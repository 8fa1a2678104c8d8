package dev.resentry.processing.group;

import dev.resentry.processing.group.rule.FingerprintRule;
import dev.resentry.processing.group.rule.RuleTexts;
import dev.resentry.processing.group.rule.StackRule;
import dev.resentry.processing.group.rule.StackRules;
import java.util.List;

/**
 * The rules of a project for grouping. They stand above the built-in ones and above what SDKs say.
 *
 * @param fingerprints the first that matches gives the fingerprint
 * @param stacks applied in order
 */
public record GroupingRules(List<FingerprintRule> fingerprints, StackRules stacks) {
    /** No rules of a project. */
    public static final GroupingRules NONE = new GroupingRules(List.of(), StackRules.NONE);

    public GroupingRules {
        fingerprints = List.copyOf(fingerprints);
    }

    /** What became of reading the rules of a project. */
    public sealed interface Parse {
        /** All of them are rules. */
        record Parsed(GroupingRules rules) implements Parse {}

        /**
         * One line is not.
         *
         * @param line in its text, from 1
         * @param column in the line, from 1
         * @param message which text it is in, what was found and what was expected
         */
        record Invalid(int line, int column, String message) implements Parse {}
    }

    /** Reads rules: one a line; empty lines and lines that begin with {@code #} are skipped. {@code docs/grouping.md} has the grammar. */
    public static Parse parse(String fingerprintRules, String stacktraceRules) {
        return switch (RuleTexts.fingerprints(fingerprintRules)) {
            case RuleTexts.Read.Fault<FingerprintRule>(int line, int column, String message) ->
                new Parse.Invalid(line, column, "fingerprint rules: " + message);
            case RuleTexts.Read.Rules<FingerprintRule>(List<FingerprintRule> fingerprints) ->
                switch (RuleTexts.stacks(stacktraceRules)) {
                    case RuleTexts.Read.Fault<StackRule>(int line, int column, String message) ->
                        new Parse.Invalid(line, column, "stack-trace rules: " + message);
                    case RuleTexts.Read.Rules<StackRule>(List<StackRule> stacks) ->
                        new Parse.Parsed(new GroupingRules(fingerprints, new StackRules(stacks, "")));
                };
        };
    }
}
