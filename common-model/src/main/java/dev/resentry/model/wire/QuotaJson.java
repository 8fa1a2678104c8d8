package dev.resentry.model.wire;

import dev.resentry.model.outcome.DataCategory;
import dev.resentry.model.project.Quota;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
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
            quota.categories().stream().map(DataCategory::wireName).sorted().forEach(categories::add);
            entry.put("limit", quota.limit());
            entry.put("window", quota.window().toSeconds());
            entry.put("reason_code", quota.reasonCode());
        }
    }

    /**
     * Reads a list of quotas; a list that is missing is empty.
     *
     * @throws IllegalArgumentException if a field is missing or of a wrong type: a project must not be closed by it
     */
    static List<Quota> read(JsonNode array) {
        require(array, list -> list.isArray() || list.isMissingNode(), "quotas", "a list");
        List<Quota> quotas = new ArrayList<>();
        for (JsonNode quota : array) {
            String path = "quotas[%d].".formatted(quotas.size());
            require(quota.path("categories"), JsonNode::isArray, path + "categories", "a list");
            require(quota.path("limit"), QuotaJson::isWholeNumber, path + "limit", "a whole number");
            require(quota.path("window"), QuotaJson::isWholeNumber, path + "window", "a whole number");
            require(quota.path("reason_code"), JsonNode::isString, path + "reason_code", "a text");
            Set<DataCategory> categories = new HashSet<>();
            for (JsonNode word : quota.get("categories")) {
                require(word, JsonNode::isString, path + "categories", "texts");
                DataCategory.parse(word.asString()).ifPresent(categories::add);
            }
            // A quota for nothing but categories of a newer version must not become one for everything.
            if (!categories.isEmpty() || quota.get("categories").isEmpty()) {
                quotas.add(new Quota(
                        categories,
                        quota.get("limit").asLong(),
                        Duration.ofSeconds(quota.get("window").asLong()),
                        quota.get("reason_code").asString()));
            }
        }
        return quotas;
    }

    private static boolean isWholeNumber(JsonNode value) {
        return value.isIntegralNumber() && value.canConvertToLong();
    }

    private static void require(JsonNode value, Predicate<JsonNode> isSound, String field, String expected) {
        if (!isSound.test(value)) {
            throw new IllegalArgumentException("%s: %s (expected: %s)"
                    .formatted(field, value.getNodeType().name().toLowerCase(Locale.ROOT), expected));
        }
    }
}
