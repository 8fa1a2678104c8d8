package dev.resentry.processing.normalize;

import dev.resentry.model.event.EventId;
import dev.resentry.model.event.Level;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Brings what SDKs send as an event into one shape (ingest protocol, section 8). Nothing is refused: what has no use goes, and the
 * event's {@code errors} say so; what is shortened or replaced is in its {@code _meta}. What is not known stays as it came.
 *
 * <p>Normalising an event again changes nothing. Takes no more than time that grows with the event's size, and no stack that grows with
 * its depth.
 */
public final class EventNormalizer {
    private static final Trimming.Limit MODULES = new Trimming.Limit(7, 8192);
    private static final Trimming.Limit EXTRA_ENTRY = new Trimming.Limit(6, 16 * 1024);
    private static final Trimming.Limit EXTRA = new Trimming.Limit(7, 256 * 1024);

    private EventNormalizer() {}

    /** What an event is by the type of its item. */
    enum Kind {
        EVENT,
        TRANSACTION
    }

    /** Normalises an event, changing its tree in place. */
    public static NormalizedEvent normalize(ObjectNode event, NormalizationContext context) {
        return normalize(new EventJson.Read.Json(event, false), context);
    }

    /** The same for one to which nothing was added since it was read. */
    public static NormalizedEvent normalize(EventJson.Read.Json read, NormalizationContext context) {
        return normalize(read, context, Kind.EVENT);
    }

    static NormalizedEvent normalize(EventJson.Read.Json read, NormalizationContext context, Kind kind) {
        ObjectNode event = read.event();
        Draft draft = Draft.of(event, context);
        InterfaceNames.apply(draft);
        MessageRules.shape(draft);
        if (!read.isPlain()) {
            UnstorableText.replaceIn(draft);
        }
        EventId id = EventDefaults.id(draft);
        Level level = EventDefaults.level(draft, kind == Kind.TRANSACTION ? Level.INFO : Level.ERROR);
        String platform = EventDefaults.platform(draft);
        EventDefaults.sdk(draft);
        Instant occurredAt = EventTimes.apply(draft);
        MessageRules.apply(draft);
        TagRules.apply(draft);
        @Nullable String release = ReleaseRules.release(draft);
        @Nullable String environment = ReleaseRules.environment(draft);
        ReleaseRules.distribution(draft);
        EventDefaults.names(draft, platform);
        UserRules.apply(draft, platform);
        RequestRules.apply(draft);
        ContextRules.apply(draft, platform);
        ExceptionRules.apply(draft);
        BreadcrumbRules.apply(draft);
        FingerprintRules.apply(draft);
        contents(draft, kind);
        EventDefaults.type(draft, kind);
        return new NormalizedEvent(id, occurredAt, level, platform, release, environment, event);
    }

    /** What the SDK or the program adds freely. */
    private static void contents(Draft draft, Kind kind) {
        ObjectNode event = draft.json();
        if (event.get("extra") instanceof ObjectNode extra) {
            for (String name : List.copyOf(extra.propertyNames())) {
                Trimming.apply(draft, extra, name, Path.EVENT.at("extra"), EXTRA_ENTRY);
            }
            Trimming.apply(draft, event, "extra", Path.EVENT, EXTRA);
        }
        if (event.has("modules") && !event.path("modules").isObject()) {
            Texts.remove(draft, event, "modules", Path.EVENT, "expected an object");
        }
        Trimming.apply(draft, event, "modules", Path.EVENT, MODULES);
        if (kind == Kind.EVENT) {
            Texts.remove(draft, event, "measurements", Path.EVENT, "only a transaction has measurements");
        }
    }
}
