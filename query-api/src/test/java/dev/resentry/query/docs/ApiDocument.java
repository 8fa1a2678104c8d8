package dev.resentry.query.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** An OpenAPI document, and what it says of requests and answers. */
final class ApiDocument {
    private static final String REFERENCE = "#/components/schemas/";

    private final Map<String, ApiOperation> operations = new TreeMap<>();
    private final Set<String> seen = new TreeSet<>();
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final ObjectNode components;

    ApiDocument(JsonNode document) {
        this.components = (ObjectNode) document.path("components").deepCopy();
        // A field that the document does not know is as untrue as one that is missing.
        for (JsonNode schema : components.path("schemas")) {
            if (schema.has("properties") && !schema.has("additionalProperties")) {
                ((ObjectNode) schema).put("additionalProperties", false);
            }
        }
        document.path("paths")
                .forEachEntry((path, item) -> item.forEachEntry((method, operation) -> {
                    ApiOperation found = new ApiOperation(method.toUpperCase(Locale.ROOT), path, operation);
                    assertThat(operations.put(found.id(), found)).as(found.id()).isNull();
                }));
    }

    Map<String, ApiOperation> operations() {
        return operations;
    }

    ApiOperation operation(String id) {
        assertThat(operations).as("operations of the document").containsKey(id);
        return operations.get(id);
    }

    /** What an answer of a status has, by its content type; references are followed. */
    JsonNode answer(ApiOperation operation, int status) {
        JsonNode answers = operation.node().path("responses");
        JsonNode answer = answers.has(String.valueOf(status))
                ? answers.path(String.valueOf(status))
                : answers.path(status / 100 + "XX");
        return answer.has("$ref")
                ? components.at(answer.path("$ref").asString().substring("#/components".length()))
                : answer;
    }

    /** What keeps an instance from being of a schema. */
    List<String> faults(JsonNode schema, JsonNode instance) {
        ObjectNode whole = JsonMapper.shared().createObjectNode();
        whole.setAll((ObjectNode) schema);
        whole.set("components", components);
        List<Error> errors = registry.getSchema(whole)
                .validate(instance, context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
        see(schema, instance);
        return errors.stream().map(Error::toString).toList();
    }

    /** The smallest instance of a schema: what is required, with the first of its words or an empty value. */
    JsonNode example(JsonNode schema) {
        JsonMapper json = JsonMapper.shared();
        if (schema.has("$ref")) {
            return example(components
                    .path("schemas")
                    .path(schema.path("$ref").asString().substring(REFERENCE.length())));
        }
        if (schema.has("enum")) {
            return schema.path("enum").path(0);
        }
        return switch (schema.path("type").isArray()
                ? schema.path("type").path(0).asString()
                : schema.path("type").asString("")) {
            case "object" -> {
                ObjectNode object = json.createObjectNode();
                schema.path("required")
                        .forEach(name -> object.set(
                                name.asString(),
                                example(schema.path("properties").path(name.asString()))));
                yield object;
            }
            case "array" -> json.createArrayNode();
            case "integer", "number" ->
                json.getNodeFactory().numberNode(schema.path("minimum").asLong(0));
            case "boolean" -> json.getNodeFactory().booleanNode(false);
            case "string" ->
                json.getNodeFactory()
                        .stringNode(
                                schema.path("format").asString("").equals("date-time") ? "2026-01-01T00:00:00Z" : "");
            default -> json.nullNode();
        };
    }

    /** Which schemas answers or requests had instances of. */
    Set<String> seen() {
        return seen;
    }

    Set<String> schemas() {
        return new TreeSet<>(components.path("schemas").propertyNames());
    }

    private void see(JsonNode schema, JsonNode instance) {
        if (schema.has("$ref") && !instance.isNull()) {
            String name = schema.path("$ref").asString().substring(REFERENCE.length());
            seen.add(name);
            see(components.path("schemas").path(name), instance);
        }
        schema.path("anyOf").forEach(option -> see(option, instance));
        schema.path("properties").forEachEntry((name, property) -> {
            if (instance.has(name)) {
                see(property, instance.path(name));
            }
        });
        for (JsonNode entry : instance.isArray() ? instance : new ArrayList<JsonNode>()) {
            see(schema.path("items"), entry);
        }
        if (schema.path("additionalProperties").isObject()) {
            instance.forEach(value -> see(schema.path("additionalProperties"), value));
        }
    }
}
