package dev.resentry.storage.event;

import dev.resentry.model.json.UntrustedJson;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The events of a batch whose payloads are not kept. */
final class CutPayloads {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** Which event it is and whose: what is shown in its head, and by what the data of a person is found. */
    private static final List<String> LEFT = List.of(
            "event_id",
            "type",
            "timestamp",
            "received",
            "level",
            "platform",
            "logger",
            "transaction",
            "release",
            "dist",
            "environment",
            "server_name",
            "user",
            "tags",
            "sdk");

    // By identity, as an event is long to compare.
    private final Set<NewEvent> events = Collections.newSetFromMap(new IdentityHashMap<>());

    void add(NewEvent event) {
        events.add(event);
    }

    boolean contains(NewEvent event) {
        return events.contains(event);
    }

    /** What is stored as the payload of an event. */
    String payloadOf(NewEvent event) {
        if (!contains(event)) {
            return event.payloadJson();
        }
        var json = (ObjectNode) UntrustedJson.STORED.tree(event.payloadJson());
        return JSON.writeValueAsString(json.retain(LEFT));
    }
}
