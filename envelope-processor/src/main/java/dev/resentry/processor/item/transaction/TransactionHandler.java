package dev.resentry.processor.item.transaction;

import dev.resentry.model.envelope.EnvelopeItem;
import dev.resentry.model.envelope.ItemType;
import dev.resentry.model.event.EventId;
import dev.resentry.model.outcome.DropReason;
import dev.resentry.processing.normalize.EventJson;
import dev.resentry.processing.normalize.Normalization;
import dev.resentry.processing.normalize.NormalizedEvent;
import dev.resentry.processing.normalize.NormalizedTransaction;
import dev.resentry.processing.normalize.TransactionNormalizer;
import dev.resentry.processing.scrub.Scrubber;
import dev.resentry.processor.item.ItemContext;
import dev.resentry.processor.item.ItemHandler;
import dev.resentry.processor.item.ItemResult;
import dev.resentry.processor.item.span.SpanRows;
import dev.resentry.storage.ingest.ItemRow;
import dev.resentry.storage.transaction.NewTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Makes transactions with their spans. The transactions of one envelope share a budget of bytes. */
public final class TransactionHandler implements ItemHandler {
    /** As many as SDKs record by default. Of more, the first are kept; the row says how many there were. */
    private static final int MAX_SPANS = 1_000;

    private final int maxBytes;

    /** @param maxBytes how many bytes of JSON the transactions of one envelope may have together */
    public TransactionHandler(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    @Override
    public Set<ItemType> types() {
        return Set.of(ItemType.Known.TRANSACTION);
    }

    @Override
    public ItemResult handle(EnvelopeItem item, ItemContext context) {
        @Nullable EventId id = context.headerId();
        int length = item.payload().length();
        if (context.storedBytes() + length > maxBytes) {
            return new ItemResult.Dropped(
                    id,
                    DropReason.TOO_LARGE,
                    "transaction of %d bytes behind %d bytes of others (limit: %d)"
                            .formatted(length, context.storedBytes(), maxBytes));
        }
        return switch (EventJson.read(item.payload())) {
            case EventJson.Read.Invalid(String cause) -> new ItemResult.Dropped(id, DropReason.INVALID_JSON, cause);
            case EventJson.Read.Json json ->
                switch (TransactionNormalizer.normalize(json, context.normalization(), MAX_SPANS)) {
                    case Normalization.Invalid<NormalizedTransaction>(String cause) ->
                        new ItemResult.Dropped(id, DropReason.INVALID_ITEM, cause);
                    case Normalization.Valid<NormalizedTransaction>(NormalizedTransaction transaction) ->
                        result(transaction, context);
                };
        };
    }

    private static ItemResult result(NormalizedTransaction transaction, ItemContext context) {
        return context.rules()
                .filters()
                .ofTransaction(transaction.event().view(), context.sender())
                .<ItemResult>map(
                        filter -> new ItemResult.Filtered(transaction.event().id(), filter))
                .orElseGet(() -> stored(transaction, context.rules().scrubber()));
    }

    private static ItemResult stored(NormalizedTransaction transaction, Scrubber scrubber) {
        EventId id = transaction.event().id();
        scrubber.scrub(transaction.event().json());
        List<ItemRow> rows = new ArrayList<>();
        rows.add(row(transaction));
        transaction.spans().forEach(span -> rows.add(SpanRows.of(span, id, scrubber)));
        return new ItemResult.Stored(id, rows);
    }

    /** The name as it is stored, from which a secret may have been taken. */
    private static String name(NormalizedTransaction transaction) {
        String stored = transaction.event().view().transaction();
        return stored.isEmpty() ? transaction.name() : stored;
    }

    private static NewTransaction row(NormalizedTransaction transaction) {
        NormalizedEvent event = transaction.event();
        return new NewTransaction(
                event.id(),
                name(transaction),
                transaction.op(),
                transaction.status(),
                transaction.traceId(),
                transaction.spanId(),
                transaction.parentSpanId(),
                transaction.startedAt(),
                transaction.endedAt(),
                event.platform(),
                event.release(),
                event.environment(),
                transaction.httpMethod(),
                transaction.httpStatus(),
                transaction.sdkName(),
                transaction.sdkVersion(),
                transaction.spanCount(),
                EventJson.write((ObjectNode) event.json().path("tags")),
                EventJson.write(transaction.measurements()),
                EventJson.write(event.json()));
    }
}
