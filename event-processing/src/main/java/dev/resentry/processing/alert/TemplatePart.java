package dev.resentry.processing.alert;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a template is made of. */
sealed interface TemplatePart {

    /** Text as it stands. */
    record Text(String text) implements TemplatePart {}

    /** A value behind its filters. */
    record Output(Value value, List<TemplateFilter> filters) implements TemplatePart {}

    /** One of two parts. */
    record Choice(Test test, List<TemplatePart> then, List<TemplatePart> otherwise) implements TemplatePart {}

    /** A name, or a text in quotes. */
    sealed interface Value {
        String in(Map<String, String> values);
    }

    /** A name of {@link TemplateNames}. */
    record Named(String name) implements Value {
        @Override
        public String in(Map<String, String> values) {
            return values.getOrDefault(name, "");
        }
    }

    /** A text in quotes. */
    record Quoted(String text) implements Value {
        @Override
        public String in(Map<String, String> values) {
            return text;
        }
    }

    /**
     * A test of a value.
     *
     * @param other that it has to be equal to; null if it has to be something at all
     */
    record Test(Value value, @Nullable Value other, boolean negated) {
        boolean holds(Map<String, String> values) {
            String text = value.in(values);
            return negated != (other == null ? !text.isEmpty() : text.equals(other.in(values)));
        }
    }
}
