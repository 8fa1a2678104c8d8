package dev.resentry.conversion;

import dev.resentry.model.envelope.EnvelopeItem;
import dev.resentry.model.envelope.ItemType;
import dev.resentry.model.json.UntrustedJson;
import dev.resentry.model.outcome.DropReason;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Converts requests of the cron route, as JSON or in the query, into check-ins (ingest protocol, sections 1.1 and 3.5). */
final class CheckIns {
    /** This id means the latest check-in that is in progress. */
    private static final String LATEST = "00000000000000000000000000000000";

    private CheckIns() {}

    static EnvelopeItem item(ConversionContext arrival, byte[] content) {
        ObjectNode checkIn = content.length == 0 ? ofQuery(arrival.query()) : ofBody(content);
        if (!checkIn.path("check_in_id").isString()) {
            checkIn.put("check_in_id", LATEST);
        }
        Json.put(checkIn, "monitor_slug", arrival.slug());
        return EnvelopeConversion.item(ItemType.Known.CHECK_IN, checkIn);
    }

    private static ObjectNode ofBody(byte[] content) {
        if (UntrustedJson.WITH_NON_NUMBERS.tree(content, 0, content.length) instanceof ObjectNode object) {
            return object;
        }
        throw new RejectedBodyException(DropReason.INVALID_JSON, "expected a JSON object");
    }

    private static ObjectNode ofQuery(@Nullable String query) {
        ObjectNode checkIn = Json.object();
        for (String name : new String[] {"check_in_id", "status", "environment"}) {
            Json.put(checkIn, name, QueryText.value(query, name));
        }
        String duration = QueryText.value(query, "duration");
        if (duration != null && duration.matches("[0-9]{1,12}(\\.[0-9]{1,9})?")) {
            checkIn.put("duration", Double.parseDouble(duration));
        }
        return checkIn;
    }
}
