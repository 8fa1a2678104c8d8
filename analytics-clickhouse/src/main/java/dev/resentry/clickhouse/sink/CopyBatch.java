package dev.resentry.clickhouse.sink;

import dev.resentry.model.outcome.DataCategory;
import dev.resentry.model.wire.ProcessedRecord;
import dev.resentry.model.wire.ProcessedRecord.AlertFired;
import dev.resentry.model.wire.ProcessedRecord.Cause;
import dev.resentry.model.wire.ProcessedRecord.IssueActivity;
import dev.resentry.model.wire.ProcessedRecord.ItemStored;
import dev.resentry.model.wire.ProcessedRecord.ReleaseActivity;
import dev.resentry.model.wire.ProcessedRecord.RowsChanged;
import dev.resentry.model.wire.ProcessedRecord.SessionsCounted;
import dev.resentry.storage.analytics.AnalyticsRows.SessionPlace;
import dev.resentry.storage.analytics.AnalyticsTable;
import dev.resentry.storage.analytics.RowPlace;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where something has to be copied again, after some records of topic {@code events}. */
final class CopyBatch {
    private static final Set<DataCategory> OF_TRACES = Set.of(DataCategory.TRANSACTION, DataCategory.SPAN);

    private final Map<AnalyticsTable, Set<RowPlace>> places = new LinkedHashMap<>();
    private final Set<RowPlace> changed = new LinkedHashSet<>();
    private final Set<SessionPlace> sessions = new LinkedHashSet<>();
    private @Nullable Instant oldest;

    void add(ProcessedRecord record) {
        long project = record.origin().projectId().value();
        switch (record) {
            case ItemStored item -> {
                List<AnalyticsTable> tables = tables(item);
                if (!tables.isEmpty()) {
                    noteTime(record);
                    var place = new RowPlace(project, item.receivedAt().truncatedTo(ChronoUnit.MICROS));
                    if (record.origin().cause() == Cause.LIVE) {
                        tables.forEach(table -> at(table).add(place));
                    } else {
                        change(place);
                    }
                }
            }
            case RowsChanged rows -> {
                noteTime(record);
                rows.receivedAt().forEach(at -> change(new RowPlace(project, at.truncatedTo(ChronoUnit.MICROS))));
            }
            case SessionsCounted counted -> {
                noteTime(record);
                counted.minutes().forEach(minute -> sessions.add(new SessionPlace(project, minute)));
            }
            case IssueActivity _, ReleaseActivity _, AlertFired _ -> {}
        }
    }

    /** What is removed at a place is what no table was read for: so all are. */
    private void change(RowPlace place) {
        AnalyticsTable.ALL.forEach(table -> at(table).add(place));
        changed.add(place);
    }

    private void noteTime(ProcessedRecord record) {
        Instant at = record.origin().at();
        if (oldest == null || at.isBefore(oldest)) {
            oldest = at;
        }
    }

    private Set<RowPlace> at(AnalyticsTable table) {
        return places.computeIfAbsent(table, _ -> new LinkedHashSet<>());
    }

    private static List<AnalyticsTable> tables(ItemStored item) {
        if (item.event() != null) {
            return List.of(AnalyticsTable.EVENTS);
        }
        if (OF_TRACES.contains(item.category())) {
            return List.of(AnalyticsTable.TRANSACTIONS, AnalyticsTable.SPANS);
        }
        return item.category() == DataCategory.LOG_ITEM ? List.of(AnalyticsTable.LOGS) : List.of();
    }

    boolean isEmpty() {
        return places.isEmpty() && sessions.isEmpty();
    }

    /** When the first of it became true; null if it is empty. */
    @Nullable
    Instant oldest() {
        return oldest;
    }

    Set<RowPlace> places(AnalyticsTable table) {
        return places.getOrDefault(table, Set.of());
    }

    /** The places where rows may be gone. */
    Set<RowPlace> changed() {
        return changed;
    }

    Set<SessionPlace> sessions() {
        return sessions;
    }
}
