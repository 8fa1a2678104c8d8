package dev.resentry.processing.filter;

import dev.resentry.model.event.Level;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Filters as they are stored. What is missing is as in {@link FilterSettings#NONE}. */
public final class FilterSettingsJson {
    private static final JsonMapper JSON = JsonMapper.shared();

    private FilterSettingsJson() {}

    /** Writes them as a JSON object. */
    public static String write(FilterSettings settings) {
        ObjectNode json = JSON.createObjectNode();
        if (settings.minimumLevel() != null) {
            json.put("minimum_level", settings.minimumLevel().wireName());
        }
        settings.environments().forEach(json.putArray("environments")::add);
        settings.releases().forEach(json.putArray("releases")::add);
        settings.errorMessages().forEach(json.putArray("error_messages")::add);
        settings.clientAddresses().forEach(json.putArray("client_addresses")::add);
        json.put("web_crawlers", settings.webCrawlers());
        json.put("localhost", settings.localhost());
        json.put("browser_extensions", settings.browserExtensions());
        ObjectNode browsers = json.putObject("legacy_browsers");
        settings.legacyBrowsers().forEach((browser, version) -> browsers.put(browser.wireName(), version));
        json.put("chunk_load_errors", settings.chunkLoadErrors());
        return JSON.writeValueAsString(json);
    }

    /**
     * Reads what {@link #write} wrote, in this release or an earlier one.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    public static FilterSettings read(String text) {
        JsonNode json = JSON.readTree(text);
        return new FilterSettings(
                json.has("minimum_level")
                        ? Level.parse(json.path("minimum_level").asString(""))
                                .orElseThrow(() -> unknown("minimum_level", json.path("minimum_level")))
                        : null,
                texts(json.path("environments")),
                texts(json.path("releases")),
                texts(json.path("error_messages")),
                texts(json.path("client_addresses")),
                json.path("web_crawlers").asBoolean(false),
                json.path("localhost").asBoolean(false),
                json.path("browser_extensions").asBoolean(false),
                browsers(json.path("legacy_browsers")),
                json.path("chunk_load_errors").asBoolean(false));
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }

    private static Map<Browser, Integer> browsers(JsonNode json) {
        Map<Browser, Integer> versions = new EnumMap<>(Browser.class);
        json.properties()
                .forEach(entry -> versions.put(
                        Browser.of(entry.getKey()).orElseThrow(() -> unknown("legacy_browsers", json)),
                        entry.getValue().asInt()));
        return versions;
    }

    private static IllegalArgumentException unknown(String field, JsonNode given) {
        return new IllegalArgumentException("%s: %s".formatted(field, given));
    }
}
