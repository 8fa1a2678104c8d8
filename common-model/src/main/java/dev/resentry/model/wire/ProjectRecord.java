package dev.resentry.model.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.model.outcome.DataCategory;
import dev.resentry.model.project.ProjectConfig;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.project.PublicKey;
import dev.resentry.model.project.Quota;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

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
            putQuotas(entry, key.quotas());
        }
        project.allowedOrigins().forEach(node.putArray("allowed_origins")::add);
        putQuotas(node, project.quotas());
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
                        quotas(key)));
            }
            return new ProjectConfig(
                    new ProjectId(node.required("id").asLong()),
                    node.required("revision").asLong(),
                    node.required("slug").asString(),
                    node.required("active").asBoolean(),
                    keys,
                    allowedOrigins(node),
                    quotas(node));
        } catch (JacksonException e) {
            throw new IllegalArgumentException("project record: " + e.getOriginalMessage(), e);
        }
    }

    private static void putQuotas(ObjectNode node, List<Quota> quotas) {
        var array = node.putArray("quotas");
        for (Quota quota : quotas) {
            var entry = array.addObject();
            var categories = entry.putArray("categories");
            quota.categories().stream().map(DataCategory::word).sorted().forEach(categories::add);
            entry.put("limit", quota.limit());
            entry.put("window", quota.window().toSeconds());
            entry.put("reason_code", quota.reasonCode());
        }
    }

    /** A record of a query API that knew no quotas has none. */
    private static List<Quota> quotas(JsonNode node) {
        List<Quota> quotas = new ArrayList<>();
        for (JsonNode quota : node.path("quotas")) {
            Set<DataCategory> categories = new HashSet<>();
            for (JsonNode word : quota.required("categories")) {
                DataCategory.parse(word.asString()).ifPresent(categories::add);
            }
            // A quota for nothing but categories of a newer version must not become one for everything.
            if (!categories.isEmpty() || quota.required("categories").isEmpty()) {
                quotas.add(new Quota(
                        categories,
                        quota.required("limit").asLong(),
                        Duration.ofSeconds(quota.required("window").asLong()),
                        quota.required("reason_code").asString()));
            }
        }
        return quotas;
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
