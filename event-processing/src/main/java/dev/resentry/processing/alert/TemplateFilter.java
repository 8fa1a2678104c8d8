package dev.resentry.processing.alert;

import dev.resentry.model.repository.PercentEncoding;
import java.util.Locale;

/** What changes a value in a template. */
sealed interface TemplateFilter {
    /** The names, for messages. */
    String NAMES = "default, lower, truncate, upper, url";

    String apply(String text);

    /** Another text in place of an empty one. */
    record Default(String text) implements TemplateFilter {
        @Override
        public String apply(String value) {
            return value.isEmpty() ? text : value;
        }
    }

    /** In capital letters. */
    record Upper() implements TemplateFilter {
        @Override
        public String apply(String value) {
            return value.toUpperCase(Locale.ROOT);
        }
    }

    /** In small letters. */
    record Lower() implements TemplateFilter {
        @Override
        public String apply(String value) {
            return value.toLowerCase(Locale.ROOT);
        }
    }

    /** So many characters at most, the last of them an ellipsis where something is missing. */
    record Truncate(int length) implements TemplateFilter {
        @Override
        public String apply(String value) {
            return PlainText.cut(value, length);
        }
    }

    /** Fit to stand in a URL as the value of a parameter. */
    record Url() implements TemplateFilter {
        @Override
        public String apply(String value) {
            return PercentEncoding.encode(value);
        }
    }
}
