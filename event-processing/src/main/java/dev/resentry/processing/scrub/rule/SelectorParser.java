package dev.resentry.processing.scrub.rule;

import dev.resentry.processing.scrub.place.Place.Part;
import dev.resentry.processing.scrub.rule.Step.ValueType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads selectors: paths such as {@code extra.**}, {@code $http.headers.*} or {@code tags.'my tag'}, joined by {@code &&},
 * {@code ||} and {@code !}, with parentheses; {@code &&} binds closer than {@code ||}. A path that begins with a part or a type,
 * such as {@code $error}, is meant wherever that is; every other begins at the event.
 */
final class SelectorParser {
    private static final int MAX_LENGTH = 1_000;
    private static final int MAX_NESTING = 20;

    private final String text;
    private int at;
    private int nesting;

    private SelectorParser(String text) {
        this.text = text;
    }

    /** @throws InvalidRuleException with the column of what was not expected */
    static Selector parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new InvalidRuleException(
                    "source", "%d characters long (expected: at most %d)".formatted(text.length(), MAX_LENGTH));
        }
        var parser = new SelectorParser(text);
        Selector selector = parser.any();
        if (parser.at < text.length()) {
            throw parser.unexpected("'.', '&&', '||' or the end");
        }
        return selector;
    }

    private Selector any() {
        List<Selector> parts = new ArrayList<>(List.of(all()));
        while (accept("||")) {
            parts.add(all());
        }
        return parts.size() == 1 ? parts.getFirst() : new Selector.Any(parts);
    }

    private Selector all() {
        List<Selector> parts = new ArrayList<>(List.of(one()));
        while (accept("&&")) {
            parts.add(one());
        }
        return parts.size() == 1 ? parts.getFirst() : new Selector.All(parts);
    }

    private Selector one() {
        if (++nesting > MAX_NESTING) {
            throw new InvalidRuleException("source", "column %d: nested deeper than %d".formatted(at + 1, MAX_NESTING));
        }
        Selector selector;
        if (accept("!")) {
            selector = new Selector.Not(one());
        } else if (accept("(")) {
            selector = any();
            if (!accept(")")) {
                throw unexpected("')'");
            }
        } else {
            selector = new Selector.OfPath(path());
        }
        nesting--;
        return selector;
    }

    private SelectorPath path() {
        List<Step> steps = new ArrayList<>();
        blanks();
        int start = at;
        do {
            steps.add(step());
        } while (acceptHere('.'));
        if (steps.getFirst() instanceof Step.OfPart || steps.getFirst() instanceof Step.OfType) {
            steps.addFirst(new Step.AnyDepth());
        }
        if (steps.size() > SelectorPath.MAX_STEPS) {
            throw new InvalidRuleException(
                    "source",
                    "column %d: a path of %d steps (expected: at most %d)"
                            .formatted(start + 1, steps.size(), SelectorPath.MAX_STEPS));
        }
        blanks();
        return new SelectorPath(steps);
    }

    private Step step() {
        int start = at;
        if (acceptHere('\'')) {
            return new Step.Name(quoted(start));
        }
        if (acceptHere('*')) {
            Step step = acceptHere('*') ? new Step.AnyDepth() : new Step.AnyName();
            if (at < text.length() && isName(text.charAt(at))) {
                throw new InvalidRuleException("source", "column %d: '*' stands for a whole name".formatted(start + 1));
            }
            return step;
        }
        boolean dollar = acceptHere('$');
        int name = at;
        while (at < text.length() && isName(text.charAt(at))) {
            at++;
        }
        if (at == name) {
            throw unexpected(dollar ? "a word behind '$'" : "a name, '*', '**', '$', '!' or '('");
        }
        String word = text.substring(name, at);
        return dollar ? dollar(word, start) : new Step.Name(word);
    }

    private static Step dollar(String word, int start) {
        String meant = switch (word) {
            case "logentry" -> "message";
            case "stack" -> "stacktrace";
            case "request" -> "http";
            default -> word;
        };
        Optional<Part> part =
                Stream.of(Part.values()).filter(p -> p.wireName().equals(meant)).findFirst();
        if (part.isPresent()) {
            return new Step.OfPart(part.get());
        }
        return ValueType.of(meant)
                .<Step>map(Step.OfType::new)
                .orElseThrow(() -> new InvalidRuleException(
                        "source", "column %d: '$%s' (expected: %s)".formatted(start + 1, word, words())));
    }

    private static String words() {
        return Stream.concat(
                        Arrays.stream(Part.values()).map(Part::wireName),
                        Arrays.stream(ValueType.values()).map(ValueType::wireName))
                .map(word -> "$" + word)
                .collect(Collectors.joining(", "));
    }

    /** A name in quotes; two of them stand for one in it. */
    private String quoted(int start) {
        var name = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '\'' && !acceptHere('\'')) {
                return name.toString();
            }
            name.append(c);
        }
        throw new InvalidRuleException("source", "column %d: a quote that does not end".formatted(start + 1));
    }

    private boolean accept(String sign) {
        blanks();
        if (!text.startsWith(sign, at)) {
            return false;
        }
        at += sign.length();
        return true;
    }

    private boolean acceptHere(char sign) {
        if (at < text.length() && text.charAt(at) == sign) {
            at++;
            return true;
        }
        return false;
    }

    private void blanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private static boolean isName(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '-';
    }

    private InvalidRuleException unexpected(String expected) {
        String got = at < text.length() ? "'%c'".formatted(text.charAt(at)) : "the end";
        return new InvalidRuleException("source", "column %d: %s (expected: %s)".formatted(at + 1, got, expected));
    }
}
