package dev.resentry.processor.item.span;

import dev.resentry.model.envelope.EnvelopeItem;
import dev.resentry.model.envelope.ItemHeader;
import dev.resentry.model.envelope.ItemType;
import dev.resentry.model.outcome.DropReason;
import dev.resentry.processing.normalize.EventJson;
import dev.resentry.processing.normalize.Normalization;
import dev.resentry.processing.normalize.NormalizedSpan;
import dev.resentry.processing.normalize.SpanContainer;
import dev.resentry.processing.normalize.SpanNormalizer;
import dev.resentry.processor.item.ItemContext;
import dev.resentry.processor.item.ItemHandler;
import dev.resentry.processor.item.ItemResult;
import dev.resentry.storage.ingest.ItemRow;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes spans of containers, and of items that are a single span each (ingest protocol, sections 2.5 and 3.1). */
public final class SpanHandler implements ItemHandler {
    private static final String CONTAINER = "application/vnd.sentry.items.span.v2+json";

    /** What the spans of one envelope may have together; an export of OpenTelemetry becomes at most this. */
    private static final int MAX_BYTES = 32 * 1024 * 1024;

    /** Of one item. */
    private static final int MAX_ITEM_BYTES = 12 * 1024 * 1024;

    @Override
    public Set<ItemType> types() {
        return Set.of(ItemType.Known.SPAN);
    }

    @Override
    public ItemResult handle(EnvelopeItem item, ItemContext context) {
        int length = item.payload().length();
        if (length > MAX_ITEM_BYTES) {
            return dropped(DropReason.TOO_LARGE, "spans of %d bytes (limit: %d)".formatted(length, MAX_ITEM_BYTES));
        }
        if (context.storedBytes() + length > MAX_BYTES) {
            return dropped(
                    DropReason.TOO_LARGE,
                    "spans of %d bytes behind %d bytes of others (limit: %d)"
                            .formatted(length, context.storedBytes(), MAX_BYTES));
        }
        return isContainer(item.header()) ? container(item, context) : single(item, context);
    }

    private static boolean isContainer(ItemHeader header) {
        String type = header.contentType();
        return type != null && type.strip().toLowerCase(Locale.ROOT).startsWith(CONTAINER);
    }

    private static ItemResult container(EnvelopeItem item, ItemContext context) {
        JsonNode count = item.header().json().path("item_count");
        if (!count.isInt()) {
            return dropped(
                    DropReason.INVALID_ITEM,
                    "item_count: %s (expected: how many spans the item has)"
                            .formatted(count.isMissingNode() ? "missing" : count));
        }
        try {
            return switch (SpanContainer.read(
                    item.payload(), count.intValue(), context.normalization().clock())) {
                case Normalization.Valid<List<NormalizedSpan>>(List<NormalizedSpan> spans) -> stored(spans, context);
                case Normalization.Invalid<List<NormalizedSpan>>(String cause) ->
                    dropped(DropReason.INVALID_ITEM, cause);
            };
        } catch (JacksonException e) {
            return dropped(DropReason.INVALID_JSON, EventJson.cause(e));
        }
    }

    private static ItemResult single(EnvelopeItem item, ItemContext context) {
        return switch (EventJson.read(item.payload())) {
            case EventJson.Read.Invalid(String cause) -> dropped(DropReason.INVALID_JSON, cause);
            case EventJson.Read.Json(ObjectNode json, boolean _) ->
                switch (SpanNormalizer.single(json, context.normalization().clock())) {
                    case Normalization.Valid<NormalizedSpan>(NormalizedSpan span) -> stored(List.of(span), context);
                    case Normalization.Invalid<NormalizedSpan>(String cause) -> dropped(DropReason.INVALID_ITEM, cause);
                };
        };
    }

    private static ItemResult stored(List<NormalizedSpan> spans, ItemContext context) {
        List<ItemRow> rows = spans.stream()
                .<ItemRow>map(span -> SpanRows.of(span, null, context.rules().scrubber()))
                .toList();
        return new ItemResult.Stored(null, rows);
    }

    private static ItemResult dropped(DropReason reason, String cause) {
        return new ItemResult.Dropped(null, reason, cause);
    }
}
