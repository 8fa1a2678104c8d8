package dev.resentry.model.wire;

import dev.resentry.model.outcome.DataCategory;
import dev.resentry.model.project.Quota;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** Quotas as JSON, the same on the topic and in the database: {@code categories, limit, window} in seconds, {@code reason_code}. */
public final class QuotaJson {
    private static final JsonMapper JSON = JsonMapper.shared();

    private QuotaJson() {}

    public static String write(List<Quota> quotas) {
        ArrayNode array = JSON.createArrayNode();
        put(array, quotas);
        return array.toString();
    }

    /**
     * Reads what {@link #write} wrote, of an older or newer version too.
     *
     * @throws IllegalArgumentException if it is nothing of the kind; the message says why
     */
    public static List<Quota> read(String json) {
        try {
            return read(JSON.readTree(json));
        } catch (JacksonException e) {
            throw new IllegalArgumentException("quotas: " + e.getOriginalMessage(), e);
        }
    }

    static void put(ArrayNode array, List<Quota> quotas) {
        for (Quota quota : quotas) {
            var entry = array.addObject();
            var categories = entry.putArray("categories");
            quota.categories().stream().map(DataCategory::word).sorted().forEach(categories::add);
            entry.put("limit", quota.limit());
            entry.put("window", quota.window().toSeconds());
            entry.put("reason_code", quota.reasonCode());
        }
    }

    static List<Quota> read(JsonNode array) {
        List<Quota> quotas = new ArrayList<>();
        for (JsonNode quota : array) {
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
}
