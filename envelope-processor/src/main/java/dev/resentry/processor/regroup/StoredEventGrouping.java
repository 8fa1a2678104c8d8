package dev.resentry.processor.regroup;

import dev.resentry.model.event.EventId;
import dev.resentry.model.json.UntrustedJson;
import dev.resentry.processing.group.Grouping;
import dev.resentry.processing.group.GroupingResult;
import dev.resentry.processing.group.GroupingRules;
import dev.resentry.processing.normalize.EventNormalizer;
import dev.resentry.processing.normalize.NormalizationContext;
import dev.resentry.processing.normalize.NormalizedEvent;
import dev.resentry.processing.title.Title;
import dev.resentry.storage.regroup.EventGrouping;
import dev.resentry.storage.regroup.Regroup;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Groups what is stored by the code that groups what arrives: an event is normalised and scrubbed before it is stored. */
record StoredEventGrouping(GroupingRules rules) implements EventGrouping {

    @Override
    public Grouped group(EventId id, Instant receivedAt, String payloadJson) {
        return group(id, receivedAt, payloadJson, null);
    }

    /** The same, with what source maps make of the event. */
    Grouped group(EventId id, Instant receivedAt, String payloadJson, @Nullable ReadablePayload readable) {
        return grouped(
                EventNormalizer.normalize(
                        (ObjectNode) UntrustedJson.STORED.tree(payloadJson), NormalizationContext.of(id, receivedAt)),
                readable);
    }

    Grouped grouped(NormalizedEvent event, @Nullable ReadablePayload readable) {
        GroupingResult grouping = Grouping.of(event, rules);
        return new Grouped(
                grouping.primary().hex(),
                grouping.secondary() == null ? null : grouping.secondary().hex(),
                Title.of(event.view(), grouping),
                Title.culprit(event.view()),
                readable);
    }

    /** As when events arrive: rules that a release understands no longer do not hold. */
    static StoredEventGrouping by(Regroup.Rules rules) {
        return new StoredEventGrouping(
                GroupingRules.parse(rules.fingerprints(), rules.stacktraces()).rulesOrNone());
    }
}
