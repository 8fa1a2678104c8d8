package dev.resentry.processing.normalize;

import dev.resentry.processing.normalize.UserAgent.Device;
import dev.resentry.processing.normalize.UserAgent.Product;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The contexts: what the SDK says, and what its {@code User-Agent} and its raw descriptions tell (ingest protocol, section 8.8). */
final class ContextRules {
    private static final Trimming.Limit CONTEXT = new Trimming.Limit(7, 8192);
    private static final Path PATH = Path.EVENT.at("contexts");

    private ContextRules() {}

    static void apply(Draft draft, String platform) {
        ObjectNode event = draft.json();
        if (!event.path("contexts").isObject()) {
            Texts.remove(draft, event, "contexts", Path.EVENT, "expected an object");
        }
        String userAgent = userAgent(draft, platform);
        if (userAgent != null) {
            ofUserAgent(event, UserAgent.parse(userAgent));
        }
        if (!(event.get("contexts") instanceof ObjectNode contexts)) {
            return;
        }
        RawDescription.ofSystem(contexts.get("os"));
        RawDescription.ofRuntime(contexts.get("runtime"));
        for (String name : List.copyOf(contexts.propertyNames())) {
            if (!contexts.path(name).isObject()) {
                Texts.remove(draft, contexts, name, PATH, "expected an object");
            } else {
                Trimming.apply(draft, contexts, name, PATH, CONTEXT);
            }
        }
    }

    /** That of the request the event is about; of what browsers send, that of the event's own way here. */
    private static @Nullable String userAgent(Draft draft, String platform) {
        for (JsonNode header : draft.json().path("request").path("headers")) {
            if (header.path(0).asString("").equals("User-Agent")) {
                return header.path(1).asString("");
            }
        }
        return platform.equals("javascript") ? draft.context().userAgent() : null;
    }

    private static void ofUserAgent(ObjectNode event, UserAgent agent) {
        add(event, "browser", agent.browser());
        add(event, "os", agent.system());
        Device device = agent.device();
        ObjectNode context = device == null ? null : missing(event, "device");
        if (device != null && context != null) {
            context.put("family", UnstorableText.cleaned(device.family()));
            context.put("model", UnstorableText.cleaned(device.model()));
            if (device.brand() != null) {
                context.put("brand", device.brand());
            }
        }
    }

    private static void add(ObjectNode event, String name, @Nullable Product product) {
        ObjectNode context = product == null ? null : missing(event, name);
        if (product != null && context != null) {
            context.put("name", product.name());
            if (!product.version().isEmpty()) {
                context.put("version", product.version());
            }
        }
    }

    /** A new context; null if the SDK has said something there. */
    private static @Nullable ObjectNode missing(ObjectNode event, String name) {
        JsonNode given = event.path("contexts").path(name);
        return given.isObject() && !given.isEmpty()
                ? null
                : event.withObjectProperty("contexts").putObject(name).put("type", name);
    }
}
