package dev.resentry.model.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.model.project.ProjectConfig;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.project.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The contract of topic {@code projects}: the key is the project's id in decimal digits, the value its configuration as
 * JSON; a record without a value says that the project is deleted. Fields may be added; readers ignore unknown ones.
 */
public final class ProjectRecord {
    private static final JsonMapper JSON = JsonMapper.shared();

    private ProjectRecord() {}

    public static byte[] key(ProjectId id) {
        return id.toString().getBytes(UTF_8);
    }

    public static byte[] value(ProjectConfig project) {
        var node = JSON.createObjectNode();
        node.put("version", 1);
        node.put("id", project.id().value());
        node.put("revision", project.revision());
        node.put("slug", project.slug());
        node.put("active", project.active());
        var keys = node.putArray("keys");
        for (var key : project.keys()) {
            var entry = keys.addObject();
            entry.put("public_key", key.publicKey().value()).put("active", key.active());
            QuotaJson.put(entry.putArray("quotas"), key.quotas());
        }
        project.allowedOrigins().forEach(node.putArray("allowed_origins")::add);
        QuotaJson.put(node.putArray("quotas"), project.quotas());
        return JSON.writeValueAsBytes(node);
    }

    /**
     * Reads a value back.
     *
     * @throws IllegalArgumentException if the value is not one that {@link #value} could have written; the message names the
     *     field and says why. A field of a wrong type is never taken for its default: a project must not be closed by it
     */
    public static ProjectConfig read(byte[] value) {
        JsonNode node;
        try {
            node = JSON.readTree(value);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("project record: " + e.getOriginalMessage(), e);
        }
        var project = Fields.of("", node);
        return new ProjectConfig(
                new ProjectId(project.number("id")),
                project.number("revision"),
                project.text("slug"),
                project.flag("active"),
                project.objects("keys").stream()
                        .map(key -> new ProjectConfig.Key(
                                new PublicKey(key.text("public_key")),
                                key.flag("active"),
                                QuotaJson.read(key.json().path("quotas"))))
                        .toList(),
                // A record of a query API that knew no origins lets all through.
                project.has("allowed_origins") ? project.texts("allowed_origins") : List.of("*"),
                // A record of a query API that knew no quotas has none.
                QuotaJson.read(project.json().path("quotas")));
    }

    /** A JSON object whose fields have the types they should have. */
    private record Fields(String path, JsonNode json) {
        static Fields of(String path, JsonNode json) {
            if (!json.isObject()) {
                throw fault(path, json, "an object");
            }
            return new Fields(path, json);
        }

        boolean has(String name) {
            return json.has(name);
        }

        boolean flag(String name) {
            return value(name, JsonNode::isBoolean, "true or false").asBoolean();
        }

        long number(String name) {
            return value(name, number -> number.isIntegralNumber() && number.canConvertToLong(), "a whole number")
                    .asLong();
        }

        String text(String name) {
            return value(name, JsonNode::isString, "a text").asString();
        }

        List<String> texts(String name) {
            List<String> texts = new ArrayList<>();
            for (JsonNode text : value(name, JsonNode::isArray, "a list")) {
                if (!text.isString()) {
                    throw fault("%s%s[%d]".formatted(path, name, texts.size()), text, "a text");
                }
                texts.add(text.asString());
            }
            return texts;
        }

        List<Fields> objects(String name) {
            List<Fields> objects = new ArrayList<>();
            for (JsonNode object : value(name, JsonNode::isArray, "a list")) {
                objects.add(of("%s%s[%d].".formatted(path, name, objects.size()), object));
            }
            return objects;
        }

        private JsonNode value(String name, Predicate<JsonNode> isSound, String expected) {
            JsonNode value = json.path(name);
            if (!isSound.test(value)) {
                throw fault(path + name, value, expected);
            }
            return value;
        }

        private static IllegalArgumentException fault(String path, JsonNode given, String expected) {
            String name = path.endsWith(".") ? path.substring(0, path.length() - 1) : path;
            return new IllegalArgumentException("project record%s: %s (expected: %s)"
                    .formatted(
                            name.isEmpty() ? "" : ", " + name,
                            given.getNodeType().name().toLowerCase(Locale.ROOT),
                            expected));
        }
    }
}
