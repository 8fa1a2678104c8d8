package dev.resentry.processor.consume;

import dev.resentry.storage.ingest.BatchRecord;
import dev.resentry.storage.ingest.BatchRecord.Received;
import dev.resentry.storage.ingest.BatchRecord.Unreadable;
import dev.resentry.storage.ingest.IngestedEnvelope;
import dev.resentry.storage.ingest.IngestedItem;
import dev.resentry.storage.ingest.SourceRecord;
import dev.resentry.storage.issue.IssueOccurrence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Divides a batch into parts for transactions of their own. What would wait for the same rows stays together and in its order: the
 * events of an issue, and what came more than once.
 */
final class BatchParts {
    /** Fewer records are not worth a transaction. */
    static final int MIN_RECORDS = 25;

    private BatchParts() {}

    /** What records have in common that stay together. */
    private record Bond(long projectId, Object what) {}

    /** At most so many parts, and at least one. */
    static List<List<BatchRecord>> of(List<BatchRecord> records, int atMost) {
        int count = Math.min(atMost, records.size() / MIN_RECORDS);
        if (count < 2) {
            return List.of(records);
        }
        Map<Bond, List<BatchRecord>> groups = new LinkedHashMap<>();
        for (BatchRecord record : records) {
            groups.computeIfAbsent(bond(record), _ -> new ArrayList<>()).add(record);
        }
        List<List<BatchRecord>> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            parts.add(new ArrayList<>());
        }
        // The large ones first, each to the part that has the fewest.
        groups.values().stream()
                .sorted(Comparator.comparingInt((List<BatchRecord> group) -> group.size())
                        .reversed())
                .forEach(group -> parts.stream()
                        .min(Comparator.comparingInt(List::size))
                        .orElseThrow()
                        .addAll(group));
        return parts.stream().filter(part -> !part.isEmpty()).toList();
    }

    private static Bond bond(BatchRecord record) {
        return switch (record) {
            case Unreadable(SourceRecord source, var _) -> new Bond(0, source.offset());
            case Received(SourceRecord _, IngestedEnvelope envelope) -> {
                var receipt = envelope.raw().receipt();
                Object what =
                        issue(envelope).orElseGet(() -> envelope.eventId() == null ? receipt.id() : envelope.eventId());
                yield new Bond(receipt.projectId().value(), what);
            }
        };
    }

    private static Optional<Object> issue(IngestedEnvelope envelope) {
        for (IngestedItem item : envelope.items()) {
            for (IssueOccurrence occurrence : item.rows(IssueOccurrence.class)) {
                return Optional.of(occurrence.hash());
            }
        }
        return Optional.empty();
    }
}
