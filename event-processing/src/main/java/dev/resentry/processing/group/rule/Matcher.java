package dev.resentry.processing.group.rule;

import dev.resentry.processing.group.frame.GroupingFrame;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A condition such as {@code !module:vendor.*}.
 *
 * @param name the tag or the field of a thread that it looks at; empty for others
 * @param globs it matches if one of them does
 */
public record Matcher(Subject subject, String name, boolean negated, List<Glob> globs, String pattern) {
    private static final Set<String> YES = Set.of("yes", "true", "1");
    private static final Set<String> ANSWERS = Set.of("yes", "true", "1", "no", "false", "0");

    public Matcher {
        globs = List.copyOf(globs);
    }

    static Matcher read(RuleReader rule) throws RuleSyntaxException {
        rule.skipBlanks();
        boolean negated = rule.take("!");
        int column = rule.column();
        String key = rule.text(":", "a matcher such as type:ValueError");
        Subject subject = Subject.of(key);
        if (subject == null) {
            throw rule.fault(
                    column,
                    ("unknown matcher '%s' (expected: type, value, mechanism, message, logger, level, sdk, release, "
                                    + "environment, transaction, tags.NAME, thread.NAME, family, function, module, path, package, app or category)")
                            .formatted(key));
        }
        if (rule.peek() != ':') {
            throw rule.unexpected("':' behind " + key);
        }
        rule.advance();
        if (Character.isWhitespace(rule.peek())) {
            throw rule.unexpected("a pattern behind " + key + ":");
        }
        int patternColumn = rule.column();
        String pattern = rule.text("", "a pattern behind " + key + ":");
        if (subject == Subject.APP && !ANSWERS.contains(pattern)) {
            throw rule.fault(patternColumn, "app: '%s' (expected: yes or no)".formatted(pattern));
        }
        String name = subject == Subject.TAG || subject == Subject.THREAD ? key.substring(key.indexOf('.') + 1) : "";
        return new Matcher(subject, name, negated, globs(subject, pattern), pattern);
    }

    private static List<Glob> globs(Subject subject, String pattern) {
        if (subject == Subject.FAMILY) {
            return List.of(pattern.toLowerCase(Locale.ROOT).split(",")).stream()
                    .map(Glob::text)
                    .toList();
        }
        return List.of(subject.isPath() ? Glob.path(pattern) : Glob.text(pattern));
    }

    boolean matchesEvent(EventFacts facts) {
        boolean matches = false;
        for (String value : facts.values(subject, name)) {
            matches |= !matches && fits(value);
        }
        return negated != matches;
    }

    boolean matchesFrame(GroupingFrame frame, String category) {
        boolean matches = switch (subject) {
            case FUNCTION -> fits(frame.raw().function()) || fits(frame.function());
            case MODULE -> fits(frame.raw().module());
            case PATH -> fits(frame.raw().path()) || fits(frame.raw().file());
            case BINARY -> fits(frame.raw().binary());
            case APP -> YES.contains(pattern) == frame.inApp().value();
            case CATEGORY -> fits(category);
            case TYPE,
                    VALUE,
                    MECHANISM,
                    MESSAGE,
                    LOGGER,
                    LEVEL,
                    SDK,
                    RELEASE,
                    ENVIRONMENT,
                    TRANSACTION,
                    TAG,
                    THREAD,
                    FAMILY -> false;
        };
        return negated != matches;
    }

    private boolean fits(String text) {
        for (Glob glob : globs) {
            if (glob.matches(text)) {
                return true;
            }
        }
        return false;
    }
}
