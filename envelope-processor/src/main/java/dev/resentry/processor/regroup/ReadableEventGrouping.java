package dev.resentry.processor.regroup;

import dev.resentry.model.event.EventId;
import dev.resentry.model.json.UntrustedJson;
import dev.resentry.model.project.ProjectId;
import dev.resentry.processing.normalize.EventJson;
import dev.resentry.processing.normalize.EventNormalizer;
import dev.resentry.processing.normalize.NormalizationContext;
import dev.resentry.processing.normalize.NormalizedEvent;
import dev.resentry.processing.scrub.Scrubber;
import dev.resentry.processing.symbolicate.EventSymbolication;
import dev.resentry.processing.symbolicate.Unsymbolicated;
import dev.resentry.processor.symbolicate.Symbolication;
import dev.resentry.storage.regroup.EventGrouping;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Groups stored events as if they arrived now, with the source maps that there are now, and the code that they bring is scrubbed as the rest
 * was. An event that is readable stays as it is, and so does one of which a frame would no longer be, as after its source map was deleted.
 */
record ReadableEventGrouping(
        ProjectId project, StoredEventGrouping grouping, Symbolication symbolication, Scrubber scrubber)
        implements EventGrouping {

    @Override
    public Grouped group(EventId id, Instant receivedAt, String payloadJson) {
        NormalizedEvent event = EventNormalizer.normalize(
                (ObjectNode) UntrustedJson.STORED.tree(payloadJson), NormalizationContext.of(id, receivedAt));
        if (!EventSymbolication.concerns(event)) {
            return grouping.grouped(event, null);
        }
        if (Unsymbolicated.isReadable(event)) {
            return grouping.grouped(event, new ReadablePayload(null, false));
        }
        boolean wasWanting = Unsymbolicated.wanted(event).isPresent();
        ObjectNode stored = event.json().deepCopy();
        List<JsonNode> errors = Unsymbolicated.takeBack(event.json());
        symbolication.apply(event, project);
        scrubber.scrub(event.json());
        Unsymbolicated.keep(event.json(), errors);
        return isSame(stored, event.json()) || !Unsymbolicated.isAsReadable(stored, event.json())
                ? grouping.group(id, receivedAt, payloadJson, new ReadablePayload(null, wasWanting))
                : grouping.grouped(
                        event,
                        new ReadablePayload(
                                EventJson.write(event.json()),
                                Unsymbolicated.wanted(event).isPresent()));
    }

    /** Whether source maps tell nothing new of any frame. */
    private static boolean isSame(ObjectNode stored, ObjectNode made) {
        for (String field : List.of("exception", "threads", "stacktrace")) {
            if (!stored.path(field).equals(made.path(field))) {
                return false;
            }
        }
        return true;
    }
}
