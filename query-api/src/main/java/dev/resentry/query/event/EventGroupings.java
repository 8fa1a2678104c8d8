package dev.resentry.query.event;

import dev.resentry.model.json.UntrustedJson;
import dev.resentry.processing.group.Grouping;
import dev.resentry.processing.group.GroupingResult;
import dev.resentry.processing.normalize.EventNormalizer;
import dev.resentry.processing.normalize.NormalizationContext;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.project.ProjectGroupingRules;
import dev.resentry.storage.event.StoredEvent;
import tools.jackson.databind.node.ObjectNode;

/** Groups stored events by the rules that hold now, to say why they are where they are. */
public final class EventGroupings {
    private final ProjectGroupingRules rules;

    EventGroupings(ProjectGroupingRules rules) {
        this.rules = rules;
    }

    /**
     * What an event is grouped by.
     *
     * @throws ApiException conflict, if its payload is not kept
     */
    public GroupingResult of(StoredEvent event) {
        if (!event.payloadKept()) {
            throw ApiException.payloadNotKept(event.id(), event.envelopeId());
        }
        return Grouping.of(
                EventNormalizer.normalize(
                        (ObjectNode) UntrustedJson.STORED.tree(event.payloadJson()),
                        NormalizationContext.of(event.id(), event.receivedAt())),
                rules.of(event.projectId()));
    }
}
