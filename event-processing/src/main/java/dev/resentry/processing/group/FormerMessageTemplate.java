package dev.resentry.processing.group;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A message without what changes from one event to the next: ids, numbers, addresses. Two messages with the same template
 * say the same thing.
 */
final class FormerMessageTemplate {
    private static final int MAX_LENGTH = 8 * 1024;

    /** In this order: what is more special comes first. Every pattern is linear in its input. */
    private static final List<Rule> RULES = List.of(
            new Rule("<email>", "[\\w.+-]{1,64}@[\\w-]{1,63}(?:\\.[\\w-]{1,63})+"),
            new Rule("<url>", "\\b(?:https?|wss?|ftp)://[^\\s\"'<>]+"),
            new Rule("<uuid>", "\\b[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\\b"),
            new Rule(
                    "<date>",
                    "\\b\\d{4}-\\d\\d-\\d\\d(?:[T ]\\d\\d:\\d\\d(?::\\d\\d(?:[.,]\\d{1,9})?)?(?:Z|[+-]\\d\\d:?\\d\\d)?)?"),
            new Rule("<ip>", "\\b(?:\\d{1,3}\\.){3}\\d{1,3}\\b"),
            new Rule("<hex>", "\\b0[xX][0-9a-fA-F]+\\b"),
            new Rule("<hex>", "\\b(?=[0-9a-fA-F]*\\d)(?=[0-9a-fA-F]*[a-fA-F])[0-9a-fA-F]{8,128}\\b"),
            new Rule("<float>", "(?<![\\w.])-?\\d+\\.\\d+\\b"),
            new Rule("<int>", "(?<![\\w.])-?\\d+\\b"));

    private FormerMessageTemplate() {}

    /** The template of a message: of its first two lines that hold something. */
    static String of(String message) {
        String template = message.substring(0, Math.min(message.length(), MAX_LENGTH))
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .limit(2)
                .collect(Collectors.joining("\n"));
        for (Rule rule : RULES) {
            template = rule.pattern().matcher(template).replaceAll(rule.mark());
        }
        return template;
    }

    private record Rule(String mark, Pattern pattern) {
        Rule(String mark, String pattern) {
            this(mark, Pattern.compile(pattern));
        }
    }
}
