package dev.resentry.query.docs;

import java.util.Comparator;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the document as a Postman collection of format 2.1, a folder for each tag; the login keeps its token for the others. */
final class PostmanCollection {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final ApiDocument document;

    PostmanCollection(ApiDocument document) {
        this.document = document;
    }

    String write() {
        ObjectNode collection = JSON.createObjectNode();
        collection
                .putObject("info")
                .put("name", "Resentry API")
                .put(
                        "description",
                        "Generated from docs/openapi.yaml. Log in first: the answer's token is kept in the variable token.")
                .put("schema", "https://schema.getpostman.com/json/collection/v2.1.0/collection.json");
        ObjectNode auth = collection.putObject("auth").put("type", "bearer");
        auth.putArray("bearer")
                .addObject()
                .put("key", "token")
                .put("value", "{{token}}")
                .put("type", "string");
        ArrayNode variables = collection.putArray("variable");
        variables.addObject().put("key", "base_url").put("value", "http://127.0.0.1:9000");
        variables.addObject().put("key", "token").put("value", "");
        ArrayNode folders = collection.putArray("item");
        document.operations().values().stream()
                .collect(Collectors.groupingBy(RoutesPage::tag, TreeMap::new, Collectors.toList()))
                .forEach((tag, operations) -> {
                    ArrayNode items = folders.addObject().put("name", tag).putArray("item");
                    operations.stream()
                            .sorted(Comparator.comparing(ApiOperation::path).thenComparing(ApiOperation::method))
                            .forEach(operation -> add(items.addObject(), operation));
                });
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(collection) + "\n";
    }

    private void add(ObjectNode item, ApiOperation operation) {
        item.put("name", operation.id());
        if (operation.id().equals("login")) {
            ObjectNode event = item.putArray("event").addObject().put("listen", "test");
            event.putObject("script")
                    .put("type", "text/javascript")
                    .putArray("exec")
                    .add("pm.collectionVariables.set('token', pm.response.json().access_token);");
        }
        ObjectNode request = item.putObject("request").put("method", operation.method());
        if (operation.node().has("summary")) {
            request.put("description", operation.node().path("summary").asString());
        }
        if (operation.isOpen()) {
            request.putObject("auth").put("type", "noauth");
        }
        ArrayNode headers = request.putArray("header");
        if (operation.bodySchema().isObject()) {
            headers.addObject().put("key", "Content-Type").put("value", "application/json");
            ObjectNode body = request.putObject("body").put("mode", "raw");
            body.put(
                    "raw",
                    JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document.example(operation.bodySchema())));
            body.putObject("options").putObject("raw").put("language", "json");
        }
        addUrl(request.putObject("url"), operation);
        item.putArray("response");
    }

    private static void addUrl(ObjectNode url, ApiOperation operation) {
        String path = operation.path().replaceAll("\\{(\\w+)}", ":$1");
        url.put("raw", "{{base_url}}" + path);
        url.putArray("host").add("{{base_url}}");
        ArrayNode segments = url.putArray("path");
        for (String segment : path.substring(1).split("/")) {
            segments.add(segment);
        }
        if (!operation.parameters("query").isEmpty()) {
            ArrayNode query = url.putArray("query");
            for (JsonNode parameter : operation.parameters("query")) {
                ObjectNode entry = query.addObject()
                        .put("key", parameter.path("name").asString())
                        .put("value", "")
                        .put("disabled", !parameter.path("required").asBoolean(false));
                if (parameter.has("description")) {
                    entry.put("description", parameter.path("description").asString());
                }
            }
        }
        if (!operation.pathParameters().isEmpty()) {
            ArrayNode variables = url.putArray("variable");
            operation
                    .pathParameters()
                    .forEach(p -> variables.addObject().put("key", p.name()).put("value", ""));
        }
    }
}
