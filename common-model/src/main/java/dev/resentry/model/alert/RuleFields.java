package dev.resentry.model.alert;

import dev.resentry.model.event.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the fields of one object; what is wrong is told by its whole name. */
final class RuleFields {
    private final JsonNode json;
    private final String prefix;

    RuleFields(JsonNode json, String prefix) {
        if (!json.isObject()) {
            throw new MalformedAlertRuleException(prefix.isEmpty() ? "rule" : prefix, "expected: an object");
        }
        this.json = json;
        this.prefix = prefix.isEmpty() ? "" : prefix + ".";
    }

    String type() {
        return text("type", 100);
    }

    MalformedAlertRuleException unknownType(List<String> expected) {
        return wrong("type", "'%s' (expected: %s)".formatted(type(), String.join(", ", expected)));
    }

    String text(String name, int most) {
        String text = optionalText(name, most);
        if (text == null || text.isBlank()) {
            throw wrong(name, "must not be empty");
        }
        return text;
    }

    @Nullable
    String optionalText(String name, int most) {
        JsonNode value = json.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isString()) {
            throw wrong(name, "expected: a text");
        }
        return bounded(name, value.stringValue(), most);
    }

    String oneOf(String name, List<String> expected) {
        String text = text(name, 200);
        if (!expected.contains(text)) {
            throw wrong(name, "'%s' (expected: %s)".formatted(text, String.join(", ", expected)));
        }
        return text;
    }

    List<String> texts(String name, int least, int most, int length) {
        List<JsonNode> values = elements(name);
        if (values.size() < least || values.size() > most) {
            throw wrong(name, "%d values (expected: %d to %d)".formatted(values.size(), least, most));
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode value : values) {
            if (!value.isString()) {
                throw wrong("%s[%d]".formatted(name, texts.size()), "expected: a text");
            }
            texts.add(bounded("%s[%d]".formatted(name, texts.size()), value.stringValue(), length));
        }
        return texts;
    }

    List<RuleFields> list(String name, int most, boolean required) {
        List<JsonNode> values = elements(name);
        if (values.size() > most || (required && values.isEmpty())) {
            throw wrong(name, "%d of them (expected: %d to %d)".formatted(values.size(), required ? 1 : 0, most));
        }
        List<RuleFields> fields = new ArrayList<>();
        for (JsonNode value : values) {
            fields.add(new RuleFields(value, "%s%s[%d]".formatted(prefix, name, fields.size())));
        }
        return fields;
    }

    /** A whole number, which may be written as a text. */
    long whole(String name, long least, long most) {
        JsonNode value = json.path(name);
        long number;
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            number = value.longValue();
        } else if (value.isString() && value.stringValue().matches("-?[0-9]{1,18}")) {
            number = Long.parseLong(value.stringValue());
        } else {
            throw wrong(name, "expected: a whole number from %d to %d".formatted(least, most));
        }
        if (number < least || number > most) {
            throw wrong(name, "%d (expected: %d to %d)".formatted(number, least, most));
        }
        return number;
    }

    long whole(String name, long least, long most, long otherwise) {
        JsonNode value = json.path(name);
        return value.isMissingNode() || value.isNull() ? otherwise : whole(name, least, most);
    }

    double number(String name, double least, double most) {
        JsonNode value = json.path(name);
        if (!value.isNumber() || value.doubleValue() < least || value.doubleValue() > most) {
            throw wrong(name, "expected: a number from %s to %s".formatted(least, most));
        }
        return value.doubleValue();
    }

    boolean flag(String name, boolean otherwise) {
        JsonNode value = json.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        if (!value.isBoolean()) {
            throw wrong(name, "expected: true or false");
        }
        return value.booleanValue();
    }

    <E extends Enum<E>> E word(String name, Class<E> words, E otherwise) {
        String text = optionalText(name, 100);
        if (text == null) {
            return otherwise;
        }
        return Arrays.stream(words.getEnumConstants())
                .filter(constant -> AlertRuleJson.word(constant).equals(text.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> wrong(
                        name,
                        "'%s' (expected: %s)"
                                .formatted(
                                        text,
                                        Arrays.stream(words.getEnumConstants())
                                                .map(AlertRuleJson::word)
                                                .collect(Collectors.joining(", ")))));
    }

    Level level(String name) {
        String text = text(name, 20);
        return Level.parse(text)
                .orElseThrow(() -> wrong(
                        name,
                        "'%s' (expected: %s)"
                                .formatted(
                                        text,
                                        Arrays.stream(Level.values())
                                                .map(Level::wireName)
                                                .collect(Collectors.joining(", ")))));
    }

    private List<JsonNode> elements(String name) {
        JsonNode value = json.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return List.of();
        }
        if (!value.isArray()) {
            throw wrong(name, "expected: a list");
        }
        return value.valueStream().toList();
    }

    private String bounded(String name, String text, int most) {
        if (text.length() > most) {
            throw wrong(name, "%d characters (expected: %d at most)".formatted(text.length(), most));
        }
        return text;
    }

    private MalformedAlertRuleException wrong(String name, String problem) {
        return new MalformedAlertRuleException(prefix + name, problem);
    }
}
