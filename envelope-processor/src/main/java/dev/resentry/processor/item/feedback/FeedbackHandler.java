package dev.resentry.processor.item.feedback;

import dev.resentry.model.envelope.Endpoint;
import dev.resentry.model.envelope.EnvelopeItem;
import dev.resentry.model.envelope.ItemType;
import dev.resentry.model.event.EventId;
import dev.resentry.model.outcome.DropReason;
import dev.resentry.processing.normalize.EventJson;
import dev.resentry.processing.normalize.EventNormalizer;
import dev.resentry.processing.normalize.NormalizedEvent;
import dev.resentry.processor.item.ItemContext;
import dev.resentry.processor.item.ItemHandler;
import dev.resentry.processor.item.ItemResult;
import dev.resentry.storage.feedback.NewFeedback;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes feedback of both forms: an event with a context {@code feedback}, and the older report of a user. Of what is too long the
 * beginning is kept: somebody has written it. Scrubbed as events are, which leaves the name and the address that were given.
 */
public final class FeedbackHandler implements ItemHandler {
    private static final int MAX_MESSAGE = 4096;
    private static final int MAX_NAME = 200;
    private static final int MAX_EMAIL = 254;
    private static final int MAX_URL = 2048;
    private static final int MAX_SOURCE = 40;
    private static final EventId NO_ID = new EventId(new UUID(0, 0));

    private final int maxBytes;

    /** @param maxBytes how many bytes of JSON the feedback of one envelope may have together */
    public FeedbackHandler(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    @Override
    public Set<ItemType> types() {
        return Set.of(ItemType.Known.FEEDBACK, ItemType.Known.USER_REPORT);
    }

    @Override
    public ItemResult handle(EnvelopeItem item, ItemContext context) {
        @Nullable EventId id = context.headerId();
        int length = item.payload().length();
        if (context.storedBytes() + length > maxBytes) {
            return new ItemResult.Dropped(
                    id,
                    DropReason.TOO_LARGE,
                    "feedback of %d bytes behind %d bytes of other feedback (limit: %d)"
                            .formatted(length, context.storedBytes(), maxBytes));
        }
        return switch (EventJson.read(item.payload())) {
            case EventJson.Read.Invalid(String cause) -> new ItemResult.Dropped(id, DropReason.INVALID_JSON, cause);
            case EventJson.Read.Json(ObjectNode json, boolean _) ->
                result(
                        item.header().type() == ItemType.Known.USER_REPORT
                                ? UserReport.asFeedback(
                                        json, id, context.receipt().endpoint() == Endpoint.ERROR_PAGE)
                                : json,
                        context);
        };
    }

    /** SDKs send an id of nothing but zeros where there is none. */
    static boolean isId(EventId id) {
        return !id.equals(NO_ID);
    }

    private static ItemResult result(ObjectNode json, ItemContext context) {
        // Its own id counts: the envelope may name the event that it is about.
        EventId own = EventId.parse(json.path("event_id").asString(""))
                .filter(FeedbackHandler::isId)
                .orElse(context.headerId());
        NormalizedEvent event =
                EventNormalizer.normalize(json, context.normalization().withHeaderId(own));
        context.rules().scrubber().scrub(event.json());
        NewFeedback feedback = feedback(event);
        return feedback.message().isEmpty()
                ? new ItemResult.Dropped(
                        event.id(),
                        DropReason.INVALID_ITEM,
                        "contexts.feedback.message: missing or empty (expected: a text)")
                : new ItemResult.Stored(event.id(), List.of(feedback));
    }

    private static NewFeedback feedback(NormalizedEvent event) {
        ObjectNode json = event.json();
        JsonNode contexts = json.path("contexts");
        JsonNode given = contexts.path("feedback");
        JsonNode user = json.path("user");
        String source = text(given, "source", MAX_SOURCE);
        return new NewFeedback(
                event.id(),
                event.occurredAt(),
                source == null ? "api" : source.toLowerCase(Locale.ROOT),
                cut(given.path("message").asString("").strip(), MAX_MESSAGE),
                or(text(given, "name", MAX_NAME), or(text(user, "name", MAX_NAME), text(user, "username", MAX_NAME))),
                or(text(given, "contact_email", MAX_EMAIL), text(user, "email", MAX_EMAIL)),
                or(text(given, "url", MAX_URL), text(json.path("request"), "url", MAX_URL)),
                id(given, "associated_event_id").orElse(null),
                id(given, "replay_id").map(EventId::value).orElse(null),
                id(contexts.path("trace"), "trace_id").map(EventId::value).orElse(null),
                event.platform(),
                event.release(),
                event.environment(),
                text(json.path("sdk"), "name", MAX_NAME),
                text(json.path("sdk"), "version", MAX_NAME),
                EventJson.write(tags(json)));
    }

    /** The tags of the SDK, and the program and system of whoever wrote it. */
    private static ObjectNode tags(ObjectNode json) {
        ObjectNode tags = json.path("tags") instanceof ObjectNode given ? given.deepCopy() : json.objectNode();
        for (String name : new String[] {"browser", "os", "device"}) {
            JsonNode context = json.path("contexts").path(name);
            String product = or(text(context, "name", MAX_NAME), text(context, "model", MAX_NAME));
            String version = text(context, "version", MAX_NAME);
            if (product != null && !tags.has(name)) {
                tags.put(name, version == null ? product : product + " " + version);
            }
        }
        return tags;
    }

    private static Optional<EventId> id(JsonNode json, String name) {
        return EventId.parse(json.path(name).asString("")).filter(FeedbackHandler::isId);
    }

    private static @Nullable String or(@Nullable String first, @Nullable String second) {
        return first == null ? second : first;
    }

    private static @Nullable String text(JsonNode json, String name, int limit) {
        String text = json.path(name).asString("").strip();
        return text.isEmpty() ? null : cut(text, limit);
    }

    /** Never through the middle of a character. */
    private static String cut(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit);
    }
}
