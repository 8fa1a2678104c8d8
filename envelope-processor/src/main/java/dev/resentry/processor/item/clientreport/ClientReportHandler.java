package dev.resentry.processor.item.clientreport;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.model.envelope.EnvelopeItem;
import dev.resentry.model.envelope.ItemType;
import dev.resentry.model.event.Timestamp;
import dev.resentry.model.outcome.DataCategory;
import dev.resentry.model.outcome.Outcome;
import dev.resentry.processing.normalize.EventJson;
import dev.resentry.processor.item.ItemContext;
import dev.resentry.processor.item.ItemHandler;
import dev.resentry.processor.item.ItemResult;
import dev.resentry.storage.ingest.ItemRow;
import dev.resentry.storage.ledger.ClientDiscard;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Counts what SDKs say that they did not send (ingest protocol, section 7.1). A report that cannot be read says nothing and is kept
 * all the same: it is not the SDK's user who can mend it.
 */
public final class ClientReportHandler implements ItemHandler {
    private static final int MAX_REASON_BYTES = 200;
    private static final int MAX_ENTRIES = 1_000;
    private static final Duration OLDEST = Duration.ofDays(90);
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(60);

    /** The lists of a report, and what an entry of each is. */
    private static final Map<String, Function<String, Outcome>> LISTS = Map.of(
            "discarded_events", Outcome.ClientDiscarded::new,
            "rate_limited_events", Outcome.RateLimited::new,
            "filtered_events", Outcome.Filtered::new,
            "filtered_sampling_events", Outcome.Filtered::new);

    @Override
    public Set<ItemType> types() {
        return Set.of(ItemType.Known.CLIENT_REPORT);
    }

    @Override
    public ItemResult handle(EnvelopeItem item, ItemContext context) {
        return switch (EventJson.read(item.payload())) {
            case EventJson.Read.Invalid _ -> new ItemResult.Kept(null);
            case EventJson.Read.Json(ObjectNode report, boolean _) ->
                new ItemResult.Stored(null, discards(report, context.receipt().receivedAt()));
        };
    }

    private static List<ItemRow> discards(ObjectNode report, Instant receivedAt) {
        Instant own = Timestamp.read(report.path("timestamp"));
        Instant at = own == null ? receivedAt : own;
        if (at.isAfter(receivedAt.plus(CLOCK_TOLERANCE)) || at.isBefore(receivedAt.minus(OLDEST))) {
            return List.of();
        }
        List<ItemRow> rows = new ArrayList<>();
        LISTS.forEach((name, outcome) -> {
            for (JsonNode entry : report.path(name)) {
                String reason = entry.path("reason").asString("");
                long quantity = entry.path("quantity").asLong(0);
                boolean counts = quantity > 0 && reason.getBytes(UTF_8).length <= MAX_REASON_BYTES;
                if (counts && rows.size() < MAX_ENTRIES) {
                    DataCategory category = DataCategory.parse(
                                    entry.path("category").asString(""))
                            .orElse(DataCategory.UNKNOWN);
                    rows.add(new ClientDiscard(at, category, outcome.apply(reason), quantity));
                }
            }
        });
        return rows;
    }
}
