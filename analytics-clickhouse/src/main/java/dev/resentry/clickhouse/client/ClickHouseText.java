package dev.resentry.clickhouse.client;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.stream.Collectors;

/** Values of parameters as the HTTP interface takes them: in its own form of texts with tabs, arrays as literals in it. */
final class ClickHouseText {
    private ClickHouseText() {}

    static String of(Object value) {
        return value instanceof Collection<?> values
                ? values.stream().map(ClickHouseText::literal).collect(Collectors.joining(",", "[", "]"))
                : escaped(plain(value));
    }

    /** In an array texts stand in quotes. */
    private static String literal(Object value) {
        return value instanceof String text ? "'" + escaped(text).replace("'", "\\'") + "'" : plain(value);
    }

    private static String plain(Object value) {
        return value instanceof BigDecimal number ? number.toPlainString() : String.valueOf(value);
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\0", "\\0")
                .replace("\b", "\\b")
                .replace("\f", "\\f");
    }
}
