package dev.resentry.processor.regroup;

import dev.resentry.model.json.UntrustedJson;
import dev.resentry.model.project.ProjectId;
import dev.resentry.processing.normalize.EventJson;
import dev.resentry.processing.symbolicate.Unsymbolicated;
import dev.resentry.processor.project.ProjectRules;
import dev.resentry.processor.symbolicate.Symbolication;
import dev.resentry.storage.regroup.EventGrouping;
import dev.resentry.storage.regroup.Regroup;
import tools.jackson.databind.node.ObjectNode;

/** Makes the groupings of stored events. */
record StoredEventGroupings(Symbolication symbolication, ProjectRules.Source projects) implements EventGrouping.Source {

    @Override
    public EventGrouping by(Regroup.Rules rules) {
        return StoredEventGrouping.by(rules);
    }

    @Override
    public EventGrouping readable(long project, Regroup.Rules rules) {
        var id = new ProjectId(project);
        return new ReadableEventGrouping(
                id,
                StoredEventGrouping.by(rules),
                symbolication,
                projects.of(id).scrubber());
    }

    @Override
    public String minified(String payloadJson) {
        ObjectNode event = (ObjectNode) UntrustedJson.STORED.tree(payloadJson);
        Unsymbolicated.restore(event);
        return EventJson.write(event);
    }
}
