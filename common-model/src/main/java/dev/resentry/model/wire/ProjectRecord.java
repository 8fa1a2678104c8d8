package dev.resentry.model.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.model.project.ProjectConfig;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.project.PublicKey;
import java.util.ArrayList;
import java.util.List;
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
     * @throws IllegalArgumentException if the value is not one that {@link #value} could have written; the message says why
     */
    public static ProjectConfig read(byte[] value) {
        try {
            JsonNode node = JSON.readTree(value);
            List<ProjectConfig.Key> keys = new ArrayList<>();
            for (JsonNode key : node.required("keys")) {
                keys.add(new ProjectConfig.Key(
                        new PublicKey(key.required("public_key").asString()),
                        key.required("active").asBoolean(),
                        // A record of a query API that knew no quotas has none.
                        QuotaJson.read(key.path("quotas"))));
            }
            return new ProjectConfig(
                    new ProjectId(node.required("id").asLong()),
                    node.required("revision").asLong(),
                    node.required("slug").asString(),
                    node.required("active").asBoolean(),
                    keys,
                    allowedOrigins(node),
                    QuotaJson.read(node.path("quotas")));
        } catch (JacksonException e) {
            throw new IllegalArgumentException("project record: " + e.getOriginalMessage(), e);
        }
    }

    /** A record of a query API that knew no origins lets all through. */
    private static List<String> allowedOrigins(JsonNode node) {
        if (!node.has("allowed_origins")) {
            return List.of("*");
        }
        List<String> origins = new ArrayList<>();
        node.get("allowed_origins").forEach(origin -> origins.add(origin.asString()));
        return origins;
    }
}
