package dev.resentry.query.mcp;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Scope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an agent can call.
 *
 * @param description for the model that chooses: what it is for, what it wants, what it gives
 * @param scope what the caller needs
 * @param isReading whether it changes nothing
 * @param parameters by name, in order
 * @param call gives the text of the answer
 */
record Tool(
        String name,
        String title,
        String description,
        Scope scope,
        boolean isReading,
        Map<String, Parameter> parameters,
        Call call) {

    /** What a tool does. */
    @FunctionalInterface
    interface Call {
        String answer(Actor actor, ToolArguments arguments);
    }

    /** A parameter, by the words of JSON Schema. */
    record Parameter(boolean isNeeded, Map<String, Object> schema) {
        static Parameter needed(String type, String description) {
            return new Parameter(true, Map.of("type", type, "description", description));
        }

        static Parameter optional(String type, String description) {
            return new Parameter(false, Map.of("type", type, "description", description));
        }

        static Parameter words(String description, List<String> words) {
            return new Parameter(false, Map.of("type", "string", "enum", words, "description", description));
        }

        static Parameter texts(String description) {
            return new Parameter(
                    false, Map.of("type", "array", "items", Map.of("type", "string"), "description", description));
        }
    }

    /** The parameters as a schema of JSON Schema. */
    Map<String, Object> inputSchema() {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> needed = new ArrayList<>();
        parameters.forEach((parameter, how) -> {
            properties.put(parameter, how.schema());
            if (how.isNeeded()) {
                needed.add(parameter);
            }
        });
        return Map.of("type", "object", "properties", properties, "required", needed, "additionalProperties", false);
    }

    /** Parameters in their order. */
    static Map<String, Parameter> parameters(Object... namesAndParameters) {
        Map<String, Parameter> parameters = new LinkedHashMap<>();
        for (int i = 0; i < namesAndParameters.length; i += 2) {
            parameters.put((String) namesAndParameters[i], (Parameter) namesAndParameters[i + 1]);
        }
        return parameters;
    }
}
