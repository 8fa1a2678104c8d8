package dev.resentry.processor;

import dev.resentry.model.envelope.EnvelopeItem.EventItem;
import dev.resentry.model.event.EventId;
import dev.resentry.model.outcome.DropReason;
import dev.resentry.model.outcome.Outcome;
import dev.resentry.processing.group.Grouping;
import dev.resentry.processing.normalize.EventJson;
import dev.resentry.processing.normalize.EventNormalizer;
import dev.resentry.processing.normalize.NormalizedEvent;
import dev.resentry.processing.title.Title;
import dev.resentry.storage.event.NewEvent;
import dev.resentry.storage.ingest.IngestedItem;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What is made of an event item: read, normalise, group, name. The events of one envelope share a budget of bytes. */
final class EventStep {
    private final int maxBytes;

    EventStep(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * What is to be stored of an event, or why nothing is.
     *
     * @param before how many bytes the events in front of it have
     */
    IngestedItem ingest(
            EventItem item, @Nullable EventId headerId, EventId fallbackId, Instant receivedAt, long before) {
        if (before + item.payload().length() > maxBytes) {
            return dropped(
                    item,
                    headerId,
                    DropReason.TOO_LARGE,
                    "event of %d bytes behind %d bytes of others (limit: %d)"
                            .formatted(item.payload().length(), before, maxBytes));
        }
        return switch (EventJson.read(item.payload())) {
            case EventJson.Read.Invalid(String cause) -> dropped(item, headerId, DropReason.INVALID_JSON, cause);
            case EventJson.Read.Json(ObjectNode json) ->
                stored(item, EventNormalizer.normalize(json, headerId, fallbackId, receivedAt));
        };
    }

    private static IngestedItem stored(EventItem item, NormalizedEvent event) {
        var newEvent = new NewEvent(
                event.id(),
                event.occurredAt(),
                event.level(),
                event.platform(),
                Title.of(event.json()),
                Title.culprit(event.json()),
                Title.message(event.json()),
                event.release(),
                event.environment(),
                Grouping.hash(event),
                EventJson.write((ObjectNode) event.json().path("tags")),
                EventJson.write(event.json()));
        return new IngestedItem(
                item.header(),
                item.payload().offset(),
                item.payload().length(),
                event.id(),
                new Outcome.Stored(),
                List.of(newEvent));
    }

    private static IngestedItem dropped(EventItem item, @Nullable EventId eventId, DropReason reason, String cause) {
        return new IngestedItem(
                item.header(),
                item.payload().offset(),
                item.payload().length(),
                eventId,
                new Outcome.Dropped(reason, cause),
                List.of());
    }
}
