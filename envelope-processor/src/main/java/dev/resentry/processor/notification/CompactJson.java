package dev.resentry.processor.notification;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * JSON exactly as JavaScript writes it: receivers of Sentry's webhooks check the signature against what their
 * {@code JSON.stringify} makes of the body, and not against the body.
 */
final class CompactJson {
    private static final String HEX = "0123456789abcdef";
    private static final long MAX_INDEX = 4_294_967_294L;

    /** Decimal exponents between which JavaScript writes numbers without one. */
    private static final int MAX_PLAIN = 21;

    private static final int MIN_PLAIN = -7;

    private final StringBuilder out = new StringBuilder();

    private CompactJson() {}

    static String write(JsonNode node) {
        var json = new CompactJson();
        json.value(node);
        return json.out.toString();
    }

    private void value(JsonNode node) {
        switch (node.getNodeType()) {
            case OBJECT -> object(node);
            case ARRAY -> array(node);
            case STRING -> string(node.stringValue());
            case NUMBER -> out.append(number(node.doubleValue()));
            case BOOLEAN -> out.append(node.booleanValue());
            case NULL, MISSING, BINARY, POJO -> out.append("null");
        }
    }

    private void object(JsonNode node) {
        out.append('{');
        boolean first = true;
        for (Map.Entry<String, JsonNode> property : ordered(node)) {
            if (!first) {
                out.append(',');
            }
            first = false;
            string(property.getKey());
            out.append(':');
            value(property.getValue());
        }
        out.append('}');
    }

    /** Names that are indexes of arrays come first, by number. */
    private static List<Map.Entry<String, JsonNode>> ordered(JsonNode node) {
        List<Map.Entry<String, JsonNode>> indexes = new ArrayList<>();
        List<Map.Entry<String, JsonNode>> names = new ArrayList<>();
        node.properties().forEach(property -> (isIndex(property.getKey()) ? indexes : names).add(property));
        indexes.sort(Comparator.comparingLong(property -> Long.parseLong(property.getKey())));
        indexes.addAll(names);
        return indexes;
    }

    private static boolean isIndex(String name) {
        return name.matches("0|[1-9][0-9]{0,9}") && Long.parseLong(name) <= MAX_INDEX;
    }

    private void array(JsonNode node) {
        out.append('[');
        for (int i = 0; i < node.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            value(node.get(i));
        }
        out.append(']');
    }

    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ' || isLone(text, i)) {
                        escape(c);
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private static boolean isLone(String text, int i) {
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
        }
        return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
    }

    private void escape(char c) {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(HEX.charAt(c >> shift & 0xf));
        }
    }

    /** ECMAScript's {@code Number::toString}, of the shortest digits that mean the same number. */
    static String number(double value) {
        if (value == 0 || Double.isNaN(value) || Double.isInfinite(value)) {
            return value == 0 ? "0" : "null";
        }
        BigDecimal shortest = shortest(Math.abs(value));
        String digits = shortest.unscaledValue().toString();
        // The value is 0.digits times ten to this.
        int point = digits.length() - shortest.scale();
        String text;
        if (digits.length() <= point && point <= MAX_PLAIN) {
            text = digits + "0".repeat(point - digits.length());
        } else if (0 < point && point <= MAX_PLAIN) {
            text = digits.substring(0, point) + "." + digits.substring(point);
        } else if (MIN_PLAIN < point - 1 && point <= 0) {
            text = "0." + "0".repeat(-point) + digits;
        } else {
            int exponent = point - 1;
            String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
            text = digits.charAt(0) + fraction + "e" + (exponent < 0 ? "-" : "+") + Math.abs(exponent);
        }
        return value < 0 ? "-" + text : text;
    }

    /** Java writes two digits also where one would do. */
    private static BigDecimal shortest(double value) {
        BigDecimal digits = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        BigDecimal one = digits.round(new MathContext(1));
        return one.doubleValue() == value ? one.stripTrailingZeros() : digits;
    }
}
