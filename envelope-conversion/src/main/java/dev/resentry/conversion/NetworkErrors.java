package dev.resentry.conversion;

import dev.resentry.model.envelope.EnvelopeItem;
import dev.resentry.model.envelope.ItemType;
import dev.resentry.model.outcome.DropReason;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** Takes the reports of a NEL body apart, each an item of its own (ingest protocol, section 2.6). */
final class NetworkErrors {
    private NetworkErrors() {}

    static List<EnvelopeItem> items(JsonNode body) {
        List<EnvelopeItem> items = StreamSupport.stream(body.spliterator(), false)
                .filter(report -> body.isArray() && report.isObject())
                .map(report -> EnvelopeConversion.item(ItemType.Known.NEL, report))
                .toList();
        if (items.isEmpty()) {
            throw new RefusedException(DropReason.INVALID_ITEM, "expected a list of reports");
        }
        return items;
    }
}
