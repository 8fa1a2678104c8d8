package dev.resentry.processing.normalize;

import dev.resentry.model.event.EventId;
import dev.resentry.model.event.Level;
import dev.resentry.processing.normalize.Texts.Limit;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What every event has, whatever the SDK says of it (ingest protocol, section 8.1). */
final class EventDefaults {
    private static final Set<String> PLATFORMS = Set.of(
            "android",
            "apple",
            "as3",
            "c",
            "capacitor",
            "cfml",
            "clojure",
            "cocoa",
            "cpp",
            "crystal",
            "csharp",
            "dart",
            "delphi",
            "deno",
            "electron",
            "dotnet",
            "elixir",
            "erlang",
            "flutter",
            "fsharp",
            "go",
            "groovy",
            "haskell",
            "java",
            "javascript",
            "julia",
            "kotlin",
            "lua",
            "native",
            "nim",
            "node",
            "objc",
            "ocaml",
            "other",
            "perl",
            "php",
            "powershell",
            "python",
            "r",
            "react-native",
            "ruby",
            "rust",
            "scala",
            "swift",
            "unity",
            "unreal",
            "vb",
            "zig");
    private static final List<String> SECURITY_REPORTS = List.of("csp", "hpkp", "expectct", "expectstaple");
    private static final Limit NAME = new Limit(256, 20);
    private static final Limit PLACE = new Limit(200, 0);
    private static final int MAX_JAVA_LOGGER = 64;

    private EventDefaults() {}

    static EventId id(Draft draft) {
        NormalizationContext context = draft.context();
        EventId id = context.headerId() == null
                ? EventId.parse(draft.json().path("event_id").asString("")).orElse(context.fallbackId())
                : context.headerId();
        draft.json().put("event_id", id.toString());
        return id;
    }

    /** The type that its content has; what the SDK says counts for nothing. */
    static void type(Draft draft, EventNormalizer.Kind kind) {
        ObjectNode event = draft.json();
        event.put(
                "type",
                switch (kind) {
                    case TRANSACTION -> "transaction";
                    case EVENT ->
                        event.has("exception")
                                ? "error"
                                : SECURITY_REPORTS.stream()
                                        .filter(event::has)
                                        .findFirst()
                                        .orElse("default");
                });
    }

    static Level level(Draft draft, Level otherwise) {
        JsonNode given = draft.json().path("level");
        Level level = Level.parse(given.asString("").strip()).orElse(null);
        if (level == null) {
            Texts.remove(draft, draft.json(), "level", Path.EVENT, "expected one of " + Level.wireNames());
            level = otherwise;
        }
        draft.json().put("level", level.wireName());
        return level;
    }

    static String platform(Draft draft) {
        String given = Texts.stripped(draft, draft.json(), "platform", Path.EVENT);
        String platform = given == null ? "other" : given.toLowerCase(Locale.ROOT);
        String known = PLATFORMS.contains(platform) ? platform : "other";
        draft.json().put("platform", known);
        return known;
    }

    static void names(Draft draft, String platform) {
        ObjectNode event = draft.json();
        Texts.bounded(draft, event, "transaction", Path.EVENT, PLACE);
        Texts.bounded(draft, event, "culprit", Path.EVENT, PLACE);
        Texts.bounded(draft, event, "server_name", Path.EVENT, NAME);
        logger(draft, platform);
        if (!event.path("extra").isObject()) {
            Texts.remove(draft, event, "extra", Path.EVENT, "expected an object");
            event.putObject("extra");
        }
    }

    private static void logger(Draft draft, String platform) {
        String logger = Texts.lenient(draft, draft.json(), "logger", Path.EVENT);
        if (logger == null) {
            draft.json().put("logger", "");
        } else if (platform.equals("java") && logger.length() > MAX_JAVA_LOGGER) {
            draft.json().put("logger", withoutPackages(logger));
            draft.shortened(Path.EVENT.at("logger"), logger.length());
        } else {
            Texts.bounded(draft, draft.json(), "logger", Path.EVENT, NAME);
        }
    }

    /** As many of the last parts of the name as there is room for, the last one in any case. */
    private static String withoutPackages(String logger) {
        int from = logger.indexOf('.', logger.length() - MAX_JAVA_LOGGER - 1);
        return from < 0
                ? Texts.cut(logger.substring(logger.lastIndexOf('.') + 1), MAX_JAVA_LOGGER)
                : logger.substring(from + 1);
    }

    /** The SDK: as it says, else what the request says. */
    static void sdk(Draft draft) {
        ObjectNode event = draft.json();
        if (!event.path("sdk").isObject()) {
            Texts.remove(draft, event, "sdk", Path.EVENT, "expected an object");
        }
        @Nullable String client = draft.context().client();
        if (!event.has("sdk") && client != null && !client.isBlank()) {
            String name = client.strip();
            int slash = name.lastIndexOf('/');
            ObjectNode sdk = event.putObject("sdk");
            sdk.put("name", UnstorableText.cleaned(slash < 0 ? name : name.substring(0, slash)));
            if (slash >= 0) {
                sdk.put("version", UnstorableText.cleaned(name.substring(slash + 1)));
            }
        }
        if (event.get("sdk") instanceof ObjectNode sdk) {
            Texts.bounded(draft, sdk, "name", Path.EVENT.at("sdk"), NAME);
            Texts.bounded(draft, sdk, "version", Path.EVENT.at("sdk"), NAME);
        }
    }
}
