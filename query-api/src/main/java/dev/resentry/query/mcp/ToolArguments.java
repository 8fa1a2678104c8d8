package dev.resentry.query.mcp;

import dev.resentry.query.error.ApiException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The arguments of a call, which a model wrote: each is looked at, and what is wrong is said so that the next call can be right. */
final class ToolArguments {
    private final Map<String, Object> values;

    ToolArguments(@Nullable Map<String, Object> values, Set<String> known) {
        this.values = values == null ? Map.of() : values;
        this.values.keySet().stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw ApiException.invalid(
                            name, "no argument of this tool (expected: " + String.join(", ", known) + ")");
                });
    }

    /** A text; a number is taken as one, since models write ids either way. */
    @Nullable
    String text(String name) {
        Object value = values.get(name);
        return switch (value) {
            case null -> null;
            case String text when text.isBlank() -> null;
            case String text -> text;
            case Number number -> number.toString();
            default -> throw ApiException.invalid(name, "'%s' (expected: a text)".formatted(value));
        };
    }

    String needed(String name) {
        String text = text(name);
        if (text == null) {
            throw ApiException.invalid(name, "missing");
        }
        return text;
    }

    @Nullable
    List<String> texts(String name) {
        Object value = values.get(name);
        if (value instanceof List<?> list) {
            return list.stream().map(String::valueOf).toList();
        }
        String one = text(name);
        return one == null ? null : List.of(one);
    }

    @Nullable
    Integer number(String name) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        try {
            return Integer.valueOf(text);
        } catch (NumberFormatException _) {
            throw ApiException.invalid(name, "'%s' (expected: a whole number)".formatted(text));
        }
    }

    /** A number of entries. */
    int limit(int usual, int most) {
        Integer limit = number("limit");
        if (limit == null) {
            return usual;
        }
        if (limit < 1 || limit > most) {
            throw ApiException.invalid("limit", "%d (expected: 1 to %d)".formatted(limit, most));
        }
        return limit;
    }

    @Nullable
    Instant time(String name) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeException _) {
            throw ApiException.invalid(name, "'%s' (expected: a time such as 2026-11-18T12:00:00Z)".formatted(text));
        }
    }

    Instant neededTime(String name) {
        Instant time = time(name);
        if (time == null) {
            throw ApiException.invalid(name, "missing (expected: a time such as 2026-11-18T12:00:00Z)");
        }
        return time;
    }
}
