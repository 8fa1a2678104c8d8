package dev.resentry.query.docs;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.github.therapi.runtimejavadoc.CommentFormatter;
import com.github.therapi.runtimejavadoc.ParamJavadoc;
import com.github.therapi.runtimejavadoc.RuntimeJavadoc;
import dev.resentry.query.schema.WordOf;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes the schemas of records say what their types say: a component may be null if it is {@code @Nullable} and is required
 * otherwise, an enum is one of its words, an {@code Object} without a type is any JSON, of lists and maps too, and no two records go by one name.
 */
final class RecordSchemas implements ModelConverter {
    /** Marks a property that answers leave out when it is null; taken off when the document is completed. */
    static final String OMITTED = "x-omitted";

    private static final String REFERENCE = "#/components/schemas/";

    /** Alternatives that are plain words. */
    private static final Pattern WORDS = Pattern.compile("[a-z_]+(?:\\|[a-z_]+)+");

    private final Map<String, JavaType> owners = new ConcurrentHashMap<>();
    private final Set<String> conflicts = new ConcurrentSkipListSet<>();
    private final CommentFormatter comments = new CommentFormatter();

    @Override
    public @Nullable Schema<?> resolve(
            io.swagger.v3.core.converter.AnnotatedType type,
            ModelConverterContext context,
            Iterator<ModelConverter> chain) {
        JavaType java = Json31.mapper().constructType(type.getType());
        if (java.isEnumType()) {
            return texts(WireNames.of(java.getRawClass()));
        }
        Schema<?> resolved = chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
        if (resolved != null && java.getRawClass().isRecord()) {
            Schema<?> model = resolved.get$ref() == null
                    ? resolved
                    : context.getDefinedModels().get(resolved.get$ref().substring(REFERENCE.length()));
            if (model != null && model.getProperties() != null) {
                claim(model, java);
                describe(model, java.getRawClass());
            }
        }
        return resolved;
    }

    /** Two records by one name would be one schema, which is true of one of them at most. */
    private void claim(Schema<?> model, JavaType type) {
        JavaType owner = model.getName() == null ? null : owners.putIfAbsent(model.getName(), type);
        if (owner != null && !owner.equals(type)) {
            conflicts.add("%s and %s are both documented as %s (expected: a name each, by @Schema(name))"
                    .formatted(owner.toCanonical(), type.toCanonical(), model.getName()));
        }
    }

    /** What keeps the document from being true. */
    Set<String> conflicts() {
        return conflicts;
    }

    private void describe(Schema<?> model, Class<?> type) {
        Map<String, String> texts = RuntimeJavadoc.getJavadoc(type).getRecordComponents().stream()
                .collect(Collectors.toMap(ParamJavadoc::getName, text -> comments.format(text.getComment())));
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
                describe(model, component.getType());
            } else {
                describe(model, component, texts.get(component.getName()));
            }
        }
    }

    private static void describe(Schema<?> model, RecordComponent component, @Nullable String text) {
        String name = nameOf(component);
        Schema<?> property = model.getProperties().get(name);
        if (property == null) {
            return;
        }
        if (isAnything(component)) {
            property = new JsonSchema();
            model.getProperties().put(name, property);
        }
        describeParts(property, component.getAnnotatedType());
        if (text != null && !text.isEmpty() && property.getDescription() == null) {
            property.setDescription(CommentText.of(text));
        }
        Schema<?> value = property.getItems() == null ? property : property.getItems();
        WordOf words = component.getAnnotation(WordOf.class);
        // One that may be null has them already, in a schema of its own.
        if (words != null && value.getAnyOf() == null) {
            setWords(value, WireNames.of(words));
        }
        translatePattern(value);
        if (isOmitted(component)) {
            property.addExtension(OMITTED, true);
        }
        if (component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
            model.getProperties().put(name, orNull(property));
        } else if (model.getRequired() == null || !model.getRequired().contains(name)) {
            model.addRequiredItem(name);
        }
    }

    /** What the elements of a list and the values of a map may be. */
    private static void describeParts(Schema<?> schema, AnnotatedType type) {
        if (!(type instanceof AnnotatedParameterizedType parameterized)) {
            return;
        }
        AnnotatedType[] parts = parameterized.getAnnotatedActualTypeArguments();
        if (schema.getItems() != null && parts.length == 1) {
            schema.setItems(part(schema.getItems(), parts[0]));
        } else if (schema.getAdditionalProperties() instanceof Schema<?> value && parts.length == 2) {
            schema.setAdditionalProperties(part(value, parts[1]));
        }
    }

    private static Schema<?> part(Schema<?> schema, AnnotatedType type) {
        if (type.getType() == Object.class) {
            return new JsonSchema();
        }
        describeParts(schema, type);
        return type.isAnnotationPresent(Nullable.class) ? orNull(schema) : schema;
    }

    /** Here a pattern is of the whole text, there it may be of any part; and control characters have no name there. */
    private static void translatePattern(Schema<?> value) {
        String pattern = value.getPattern();
        if (pattern == null || pattern.startsWith("^")) {
            return;
        }
        if (WORDS.matcher(pattern).matches()) {
            value.setPattern(null);
            setWords(value, List.of(pattern.split("\\|")));
        } else {
            value.setPattern("^(?:" + pattern.replace("\\P{Cntrl}", "[^\\x00-\\x1F\\x7F]") + ")$");
        }
    }

    static String nameOf(RecordComponent component) {
        JsonProperty given = component.getAccessor().getAnnotation(JsonProperty.class);
        return given == null || given.value().isEmpty()
                ? new SnakeCaseStrategy().translate(component.getName())
                : given.value();
    }

    /** An {@code Object} of which no more is said; the library would say that it is a JSON object. */
    private static boolean isAnything(RecordComponent component) {
        var said = component.getAccessor().getAnnotation(io.swagger.v3.oas.annotations.media.Schema.class);
        return component.getType() == Object.class
                && (said == null || said.type().isEmpty());
    }

    private static boolean isOmitted(RecordComponent component) {
        JsonInclude ofComponent = component.getAccessor().getAnnotation(JsonInclude.class);
        JsonInclude inclusion =
                ofComponent == null ? component.getDeclaringRecord().getAnnotation(JsonInclude.class) : ofComponent;
        return inclusion != null && inclusion.value() != JsonInclude.Include.ALWAYS;
    }

    static Schema<?> texts(List<String> words) {
        Schema<?> schema = new JsonSchema();
        schema.addType("string");
        setWords(schema, words);
        return schema;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // the library's own type of an enum's words
    static void setWords(Schema<?> schema, List<String> words) {
        ((Schema) schema).setEnum(words);
    }

    /** A reference and a list of words cannot have null among their types. */
    private static Schema<?> orNull(Schema<?> property) {
        if (property.getAnyOf() != null || isNullable(property)) {
            return property;
        }
        if (property.get$ref() == null && property.getEnum() == null) {
            if (property.getTypes() == null && property.getType() != null) {
                property.setTypes(new LinkedHashSet<>(Set.of(property.getType())));
            }
            if (property.getTypes() != null) {
                property.addType("null");
            }
            return property;
        }
        Schema<?> either = new JsonSchema();
        either.setDescription(property.getDescription());
        either.setExtensions(property.getExtensions());
        property.setDescription(null);
        property.setExtensions(null);
        Schema<?> nothing = new JsonSchema();
        nothing.addType("null");
        either.addAnyOfItem(property);
        either.addAnyOfItem(nothing);
        return either;
    }

    private static boolean isNullable(Schema<?> property) {
        return property.getTypes() != null && property.getTypes().contains("null");
    }
}
