package dev.resentry.query.docs;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A method of a path. */
record ApiOperation(String method, String path, JsonNode node) {
    String id() {
        return node.path("operationId").asString();
    }

    boolean isOpen() {
        return node.has("security") && node.path("security").isEmpty();
    }

    boolean hasBody() {
        return node.has("requestBody");
    }

    JsonNode bodySchema() {
        return node.at("/requestBody/content/application~1json/schema");
    }

    List<JsonNode> parameters(String in) {
        return node.path("parameters")
                .valueStream()
                .filter(parameter -> parameter.path("in").asString().equals(in))
                .toList();
    }

    /** A parameter of the path, and of what it is the id. */
    record PathParameter(String name, String collection) {}

    List<PathParameter> pathParameters() {
        List<PathParameter> found = new ArrayList<>();
        String before = "";
        for (String segment : path.substring(1).split("/")) {
            if (segment.startsWith("{")) {
                found.add(new PathParameter(segment.substring(1, segment.length() - 1), before));
            } else {
                before = segment;
            }
        }
        return found;
    }

    @Override
    public String toString() {
        return "%s (%s %s)".formatted(id(), method, path);
    }
}
