package dev.resentry.query.docs;

import dev.resentry.query.page.Cursor;
import dev.resentry.query.schema.WordOf;
import io.swagger.v3.core.util.AnnotationsUtils;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.ParameterCustomizer;
import org.springframework.core.MethodParameter;

/** Describes parameters: whether they must be there, their words, and those that all lists have. */
final class RequestParameters implements ParameterCustomizer {

    @Override
    public @Nullable Parameter customize(@Nullable Parameter parameter, MethodParameter method) {
        if (parameter == null || parameter.getSchema() == null) {
            return parameter;
        }
        // Parameters of one type come with one schema.
        Schema<?> schema = AnnotationsUtils.clone(parameter.getSchema(), true);
        parameter.setSchema(schema);
        if (method.isOptional()) {
            parameter.setRequired(false);
        }
        WordOf words = method.getParameterAnnotation(WordOf.class);
        if (words != null) {
            RecordSchemas.setWords(schema.getItems() == null ? schema : schema.getItems(), WireNames.of(words));
        }
        boolean number = method.getNestedParameterType() == Integer.class;
        if (number && "limit".equals(parameter.getName())) {
            schema.setMinimum(BigDecimal.ONE);
            schema.setMaximum(BigDecimal.valueOf(Cursor.MAX_LIMIT));
            describe(parameter, "How many at most, %d if not given".formatted(Cursor.DEFAULT_LIMIT));
        } else if ("cursor".equals(parameter.getName())) {
            describe(parameter, "What the page before said as next");
        }
        return parameter;
    }

    private static void describe(Parameter parameter, String text) {
        if (parameter.getDescription() == null) {
            parameter.setDescription(text);
        }
    }
}
