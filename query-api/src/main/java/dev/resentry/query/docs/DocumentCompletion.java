package dev.resentry.query.docs;

import dev.resentry.query.error.ApiErrorResponse;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.converter.ResolvedSchema;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.tags.Tag;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;

/**
 * Completes the document with what holds for all operations: their names, the answer of errors, and an order that does not change
 * from one start to the next.
 */
final class DocumentCompletion implements GlobalOpenApiCustomizer {
    private static final String ERROR = "Error";
    private static final String JSON = "application/json";

    private final RecordSchemas records;

    DocumentCompletion(RecordSchemas records) {
        this.records = records;
    }

    @Override
    public void customise(OpenAPI document) {
        addErrors(document);
        if (!records.conflicts().isEmpty()) {
            throw new IllegalStateException(String.join("; ", records.conflicts()));
        }
        // Every path is answered with and without a slash at its end, whatever the controller names.
        document.getPaths().keySet().removeIf(path -> path.length() > 1 && path.endsWith("/"));
        document.getPaths()
                .forEach((path, item) -> item.readOperationsMap()
                        .forEach((method, operation) -> complete(path, method, item, operation)));
        requireDistinctNames(document);
        SchemaUses.of(document).settle();
        order(document);
    }

    private static void complete(String path, HttpMethod method, PathItem item, Operation operation) {
        operation.setDescription(CommentText.of(operation.getDescription()));
        if (operation.getParameters() != null) {
            operation
                    .getParameters()
                    .forEach(parameter -> parameter.setDescription(CommentText.of(parameter.getDescription())));
        }
        String given = NamedOperations.nameOf(operation);
        operation.setOperationId(
                given == null
                        ? OperationIds.of(method.name(), path, lists(operation), item.getPatch() != null)
                        : given + OperationIds.suffix(path));
        operation.setSummary(
                operation.getSummary() == null
                        ? OperationIds.sentence(operation.getOperationId())
                        : CommentText.of(operation.getSummary()));
        operation.getResponses().keySet().removeIf(status -> !status.startsWith("2"));
        operation.getResponses().values().forEach(DocumentCompletion::describeOtherTypes);
        var error = new ApiResponse().$ref("#/components/responses/" + ERROR);
        operation.getResponses().addApiResponse("4XX", error);
        operation.getResponses().addApiResponse("5XX", error);
    }

    private static boolean lists(Operation operation) {
        return operation.getResponses().values().stream()
                .map(ApiResponse::getContent)
                .filter(content -> content != null)
                .flatMap(content -> content.values().stream())
                .map(MediaType::getSchema)
                .anyMatch(schema -> schema != null
                        && (schema.getItems() != null
                                || (schema.get$ref() != null && schema.get$ref().endsWith(SchemaNames.PAGE))));
    }

    /** What is no JSON is text or bytes, whatever type of ours writes it. */
    private static void describeOtherTypes(ApiResponse answer) {
        if (answer.getContent() == null) {
            return;
        }
        answer.getContent().forEach((type, content) -> {
            if (!type.equals(JSON)) {
                Schema<?> schema = new JsonSchema();
                schema.addType("string");
                schema.setFormat(type.startsWith("text/") ? null : "binary");
                content.setSchema(schema);
            }
        });
    }

    private static void addErrors(OpenAPI document) {
        ResolvedSchema error = ModelConverters.getInstance(true)
                .resolveAsResolvedSchema(new AnnotatedType(ApiErrorResponse.class).resolveAsRef(true));
        Components components = document.getComponents();
        error.referencedSchemas.forEach(components::addSchemas);
        components.addResponses(
                ERROR,
                new ApiResponse()
                        .description("What went wrong, and with which field")
                        .content(new Content().addMediaType(JSON, new MediaType().schema(error.schema))));
    }

    private static void requireDistinctNames(OpenAPI document) {
        Map<String, Long> counts = document.getPaths().values().stream()
                .flatMap(item -> item.readOperations().stream())
                .collect(Collectors.groupingBy(Operation::getOperationId, TreeMap::new, Collectors.counting()));
        counts.values().removeIf(count -> count == 1);
        if (!counts.isEmpty()) {
            throw new IllegalStateException(
                    "%s name several operations each (expected: one, by @Operation(operationId))"
                            .formatted(counts.keySet()));
        }
    }

    private static void order(OpenAPI document) {
        var paths = new Paths();
        new TreeMap<>(document.getPaths()).forEach(paths::addPathItem);
        document.setPaths(paths);
        document.getPaths().values().stream()
                .flatMap(item -> item.readOperations().stream())
                .forEach(operation -> {
                    var answers = new ApiResponses();
                    new TreeMap<>(operation.getResponses()).forEach(answers::addApiResponse);
                    operation.setResponses(answers);
                });
        document.getComponents()
                .setSchemas(new LinkedHashMap<>(
                        new TreeMap<>(document.getComponents().getSchemas())));
        List<Tag> tags = new ArrayList<>(document.getTags() == null ? List.of() : document.getTags());
        tags.sort(Comparator.comparing(Tag::getName));
        document.setTags(tags);
    }
}
