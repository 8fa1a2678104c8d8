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
 * Groups stored events as if they arrived now, with the source maps that there are now: what source maps did before is taken back, and the code
 * that they bring is scrubbed as the rest was.
 */
record ReadableEventGrouping(
        ProjectId project, StoredEventGrouping grouping, Symbolication symbolication, Scrubber scrubber)
        implements EventGrouping {

    @Override
    public Grouped group(EventId id, Instant receivedAt, String payloadJson) {
        ObjectNode stored = (ObjectNode) UntrustedJson.STORED.tree(payloadJson);
        ObjectNode json = stored.deepCopy();
        List<JsonNode> errors = Unsymbolicated.takeBack(json);
        NormalizedEvent event = EventNormalizer.normalize(json, NormalizationContext.of(id, receivedAt));
        if (!EventSymbolication.concerns(event)) {
            return grouping.grouped(event, null);
        }
        symbolication.apply(event, project);
        scrubber.scrub(event.json());
        Unsymbolicated.keep(event.json(), errors);
        boolean needsMore = Unsymbolicated.wanted(event).isPresent();
        return isSame(stored, event.json())
                ? grouping.group(id, receivedAt, payloadJson, new ReadablePayload(null, needsMore))
                : grouping.grouped(event, new ReadablePayload(EventJson.write(event.json()), needsMore));
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
