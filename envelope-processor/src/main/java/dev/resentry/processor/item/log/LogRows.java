package dev.resentry.processor.item.log;

import dev.resentry.model.event.Event;
import dev.resentry.processing.normalize.EventJson;
import dev.resentry.processing.normalize.NormalizedLog;
import dev.resentry.processing.scrub.Scrubber;
import dev.resentry.storage.log.NewLog;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes rows of logs: what SDKs and exporters say in attributes of their own names is in columns, too. */
final class LogRows {
    private static final int MAX_WORD = 200;

    private static final String[] ENVIRONMENT = {
        "sentry.environment", "deployment.environment.name", "deployment.environment"
    };
    private static final String[] RELEASE = {"sentry.release", "service.version"};
    private static final String[] SDK = {"sentry.sdk.name", "telemetry.sdk.name"};
    private static final String[] SERVER_ADDRESS = {"server.address", "sentry.server.address", "host.name"};

    private LogRows() {}

    /** A log as filters look at it. */
    static Event filtered(NormalizedLog log) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        put(event, "environment", first(log.attributes(), ENVIRONMENT));
        put(event, "release", first(log.attributes(), RELEASE));
        String address = first(log.attributes(), "user.ip", "user.ip_address", "client.address");
        if (address != null) {
            event.putObject("user").put("ip_address", address);
        }
        // The agent of a request is the user's own only if a browser sent it.
        String sdk = first(log.attributes(), SDK);
        if (sdk != null
                && sdk.startsWith("sentry.javascript.")
                && log.attributes().has("browser.name")) {
            event.put("platform", "javascript");
        }
        return new Event(event);
    }

    /** The row of a log, without what is not to be kept of it. */
    static NewLog of(NormalizedLog given, Scrubber scrubber) {
        NormalizedLog log = scrubbed(given, scrubber);
        ObjectNode attributes = log.attributes();
        return new NewLog(
                log.occurredAt(),
                log.sequence(),
                log.traceId(),
                log.spanId(),
                log.level(),
                log.severity(),
                log.body(),
                first(attributes, ENVIRONMENT),
                first(attributes, RELEASE),
                first(attributes, SDK),
                first(attributes, SERVER_ADDRESS),
                EventJson.write(attributes));
    }

    private static NormalizedLog scrubbed(NormalizedLog log, Scrubber scrubber) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.put("body", log.body());
        tree.set("attributes", log.attributes());
        scrubber.scrubLog(tree);
        JsonNode attributes = tree.path("attributes");
        return log.with(
                tree.path("body").asString(""),
                attributes instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode());
    }

    private static @Nullable String first(ObjectNode attributes, String... keys) {
        for (String key : keys) {
            JsonNode value = attributes.path(key);
            if (value.isString() && !value.asString().isBlank()) {
                String word = value.asString().strip();
                return word.length() <= MAX_WORD ? word : word.substring(0, MAX_WORD);
            }
        }
        return null;
    }

    private static void put(ObjectNode object, String name, @Nullable String value) {
        if (value != null) {
            object.put(name, value);
        }
    }
}
