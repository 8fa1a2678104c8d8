package dev.resentry.query.docs;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which schemas requests use and which answers: an answer has all its fields, those that are null, too, while a request may leave
 * those out, and holds no others.
 */
final class SchemaUses {
    private static final String REFERENCE = "#/components/schemas/";

    private final OpenAPI document;
    private final Map<String, Schema<?>> named = new HashMap<>();
    private final Set<Schema<?>> ofRequests;
    private final Set<Schema<?>> ofAnswers;

    private SchemaUses(OpenAPI document) {
        this.document = document;
        document.getComponents().getSchemas().forEach(named::put);
        List<Operation> operations = document.getPaths().values().stream()
                .flatMap(item -> item.readOperations().stream())
                .toList();
        ofRequests = reachable(operations.stream()
                .filter(operation -> operation.getRequestBody() != null)
                .map(operation -> operation.getRequestBody().getContent()));
        ofAnswers = reachable(Stream.concat(
                operations.stream()
                        .flatMap(operation -> operation.getResponses().values().stream())
                        .map(answer -> answer.getContent()),
                document.getComponents().getResponses().values().stream().map(answer -> answer.getContent())));
    }

    static SchemaUses of(OpenAPI document) {
        return new SchemaUses(document);
    }

    /** Makes all fields of answers required, closes requests, and drops what neither uses. */
    void settle() {
        document.getComponents()
                .getSchemas()
                .values()
                .removeIf(schema -> !ofRequests.contains(schema) && !ofAnswers.contains(schema));
        for (Schema<?> schema : ofAnswers) {
            if (!ofRequests.contains(schema) && schema.getProperties() != null) {
                schema.getProperties().forEach((name, property) -> {
                    boolean omitted = property.getExtensions() != null
                            && property.getExtensions().containsKey(RecordSchemas.OMITTED);
                    if (!omitted
                            && (schema.getRequired() == null
                                    || !schema.getRequired().contains(name))) {
                        schema.addRequiredItem(name);
                    }
                });
            }
        }
        for (Schema<?> schema : ofRequests) {
            if (!ofAnswers.contains(schema) && schema.getProperties() != null) {
                schema.setAdditionalProperties(false);
            }
        }
        Stream.of(ofAnswers, ofRequests).flatMap(Collection::stream).forEach(SchemaUses::clean);
    }

    /** A tree without a shape is an object of anything, and not an object without fields. */
    private static void clean(Schema<?> schema) {
        if (schema.getExtensions() != null) {
            schema.getExtensions().remove(RecordSchemas.OMITTED);
        }
        if (schema.getProperties() != null && schema.getTypes() == null) {
            schema.addType("object");
        }
        boolean object = schema.getTypes() != null && schema.getTypes().contains("object");
        if (object && schema.getProperties() == null && schema.getAdditionalProperties() == null) {
            schema.setAdditionalProperties(true);
        }
    }

    private Set<Schema<?>> reachable(Stream<Content> contents) {
        Deque<Schema<?>> open = new ArrayDeque<>();
        contents.filter(Objects::nonNull)
                .flatMap(content -> content.values().stream())
                .map(MediaType::getSchema)
                .forEach(schema -> push(open, schema));
        Set<Schema<?>> found = Collections.newSetFromMap(new IdentityHashMap<>());
        while (!open.isEmpty()) {
            Schema<?> schema = open.pop();
            if (found.add(schema)) {
                parts(schema).forEach(part -> push(open, part));
            }
        }
        return found;
    }

    private static void push(Deque<Schema<?>> open, @Nullable Schema<?> schema) {
        if (schema != null) {
            open.push(schema);
        }
    }

    private List<Schema<?>> parts(Schema<?> schema) {
        List<Schema<?>> parts = new ArrayList<>();
        if (schema.get$ref() != null && schema.get$ref().startsWith(REFERENCE)) {
            Schema<?> target = named.get(schema.get$ref().substring(REFERENCE.length()));
            if (target != null) {
                parts.add(target);
            }
        }
        if (schema.getProperties() != null) {
            parts.addAll(schema.getProperties().values().stream()
                    .<Schema<?>>map(part -> part)
                    .toList());
        }
        if (schema.getItems() != null) {
            parts.add(schema.getItems());
        }
        if (schema.getAdditionalProperties() instanceof Schema<?> values) {
            parts.add(values);
        }
        for (List<?> list : Stream.of(schema.getAnyOf(), schema.getAllOf(), schema.getOneOf())
                .filter(Objects::nonNull)
                .toList()) {
            list.forEach(part -> parts.add((Schema<?>) part));
        }
        return parts;
    }
}
