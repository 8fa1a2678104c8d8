package dev.resentry.processing.group.rule;

import java.util.ArrayList;
import java.util.List;

/** Reads the texts that rules are written in: one rule a line, comments behind {@code #}. */
public final class RuleTexts {
    /** So many rules a project may have of one kind; every event is tried against all of them. */
    public static final int MAX_RULES = 500;

    private RuleTexts() {}

    /** What became of reading a text. */
    public sealed interface Read<T> {
        /** It is rules. */
        record Rules<T>(List<T> rules) implements Read<T> {
            public Rules {
                rules = List.copyOf(rules);
            }
        }

        /** One line is not; line and column count from 1. */
        record Fault<T>(int line, int column, String message) implements Read<T> {}
    }

    public static Read<FingerprintRule> fingerprints(String text) {
        return read(text, FingerprintRule::read);
    }

    /** Reads the stack-trace rules of a text. */
    public static Read<StackRule> stacks(String text) {
        return read(text, StackRule::read);
    }

    private interface LineReader<T> {
        T read(int line, String text) throws RuleSyntaxException;
    }

    private static <T> Read<T> read(String text, LineReader<T> reader) {
        List<T> rules = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            String plain = line.strip();
            if (plain.isEmpty() || plain.startsWith("#")) {
                continue;
            }
            if (rules.size() == MAX_RULES) {
                return new Read.Fault<>(number, 1, "too many rules (expected: at most %d)".formatted(MAX_RULES));
            }
            try {
                rules.add(reader.read(number, line));
            } catch (RuleSyntaxException fault) {
                return new Read.Fault<>(number, fault.column(), fault.text());
            }
        }
        return new Read.Rules<>(rules);
    }
}
