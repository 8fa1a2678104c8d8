package dev.resentry.processor.item.log;

import dev.resentry.model.envelope.EnvelopeItem;
import dev.resentry.model.envelope.ItemType;
import dev.resentry.model.outcome.DropReason;
import dev.resentry.model.outcome.InboundFilter;
import dev.resentry.processing.normalize.EventJson;
import dev.resentry.processing.normalize.LogContainer;
import dev.resentry.processing.normalize.Normalization;
import dev.resentry.processing.normalize.NormalizedLog;
import dev.resentry.processor.item.ItemContext;
import dev.resentry.processor.item.ItemHandler;
import dev.resentry.processor.item.ItemResult;
import dev.resentry.storage.ingest.ItemRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Makes logs of containers (ingest protocol, section 2.5). */
public final class LogHandler implements ItemHandler {
    private static final String CONTAINER = "application/vnd.sentry.items.log+json";

    /** What the logs of one envelope may have together; an export of OpenTelemetry becomes at most this. */
    private static final int MAX_BYTES = 32 * 1024 * 1024;

    /** Of one item. */
    private static final int MAX_ITEM_BYTES = 12 * 1024 * 1024;

    /** Of one item. */
    private static final int MAX_LOGS = 10_000;

    @Override
    public Set<ItemType> types() {
        return Set.of(ItemType.Known.LOG);
    }

    @Override
    public ItemResult handle(EnvelopeItem item, ItemContext context) {
        int length = item.payload().length();
        if (length > MAX_ITEM_BYTES) {
            return dropped(DropReason.TOO_LARGE, "logs of %d bytes (limit: %d)".formatted(length, MAX_ITEM_BYTES));
        }
        if (context.storedBytes() + length > MAX_BYTES) {
            return dropped(
                    DropReason.TOO_LARGE,
                    "logs of %d bytes behind %d bytes of others (limit: %d)"
                            .formatted(length, context.storedBytes(), MAX_BYTES));
        }
        String type = item.header().contentType();
        if (type == null || !type.strip().toLowerCase(Locale.ROOT).startsWith(CONTAINER)) {
            return dropped(
                    DropReason.INVALID_ITEM,
                    "content_type: %s (expected: %s)".formatted(type == null ? "missing" : type, CONTAINER));
        }
        JsonNode count = item.header().json().path("item_count");
        if (!count.isInt()) {
            return dropped(
                    DropReason.INVALID_ITEM,
                    "item_count: %s (expected: how many logs the item has)"
                            .formatted(count.isMissingNode() ? "missing" : count));
        }
        if (count.intValue() > MAX_LOGS) {
            return dropped(DropReason.TOO_LARGE, "%d logs (limit: %d)".formatted(count.intValue(), MAX_LOGS));
        }
        try {
            return switch (LogContainer.read(
                    item.payload(), count.intValue(), context.normalization().clock())) {
                case Normalization.Valid<List<NormalizedLog>>(List<NormalizedLog> logs) -> wanted(logs, context);
                case Normalization.Invalid<List<NormalizedLog>>(String cause) ->
                    dropped(DropReason.INVALID_ITEM, cause);
            };
        } catch (JacksonException e) {
            return dropped(DropReason.INVALID_JSON, EventJson.cause(e));
        }
    }

    /** What filters do not want is left out; if that is all, the item is filtered. */
    private static ItemResult wanted(List<NormalizedLog> logs, ItemContext context) {
        List<ItemRow> rows = new ArrayList<>();
        InboundFilter met = null;
        for (NormalizedLog log : logs) {
            Optional<InboundFilter> filter = context.rules().filters().ofLog(LogRows.filtered(log), context.sender());
            if (filter.isPresent()) {
                met = filter.get();
            } else {
                rows.add(LogRows.of(log, context.rules().scrubber()));
            }
        }
        return rows.isEmpty() && met != null ? new ItemResult.Filtered(null, met) : new ItemResult.Stored(null, rows);
    }

    private static ItemResult dropped(DropReason reason, String cause) {
        return new ItemResult.Dropped(null, reason, cause);
    }
}
