package dev.resentry.processing.group;

import dev.resentry.processing.group.rule.FingerprintRule;
import dev.resentry.processing.group.rule.RuleTexts;
import dev.resentry.processing.group.rule.StackRule;
import dev.resentry.processing.group.rule.StackRules;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

        /** The rules; none if one line is not. */
        default GroupingRules rulesOrNone() {
            return this instanceof Parsed(GroupingRules rules) ? rules : NONE;
        }
    }

    /**
     * Reads rules: one a line; empty lines and lines that begin with {@code #} are skipped, and a text that is null has none.
     * {@code docs/grouping.md} has the grammar.
     */
    public static Parse parse(@Nullable String fingerprintRules, @Nullable String stacktraceRules) {
        return switch (RuleTexts.fingerprints(text(fingerprintRules))) {
            case RuleTexts.Read.Fault<FingerprintRule>(int line, int column, String message) ->
                new Parse.Invalid(line, column, "fingerprint rules: " + message);
            case RuleTexts.Read.Rules<FingerprintRule>(List<FingerprintRule> fingerprints) ->
                switch (RuleTexts.stacks(text(stacktraceRules))) {
                    case RuleTexts.Read.Fault<StackRule>(int line, int column, String message) ->
                        new Parse.Invalid(line, column, "stack-trace rules: " + message);
                    case RuleTexts.Read.Rules<StackRule>(List<StackRule> stacks) ->
                        new Parse.Parsed(new GroupingRules(fingerprints, new StackRules(stacks, "")));
                };
        };
    }

    private static String text(@Nullable String given) {
        return given == null ? "" : given;
    }
}
