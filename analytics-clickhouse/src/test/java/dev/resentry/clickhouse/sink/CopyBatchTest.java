package dev.resentry.clickhouse.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.envelope.EnvelopeId;
import dev.resentry.model.outcome.DataCategory;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.wire.ProcessedRecord.Cause;
import dev.resentry.model.wire.ProcessedRecord.ItemStored;
import dev.resentry.model.wire.ProcessedRecord.Origin;
import dev.resentry.model.wire.ProcessedRecord.RowsChanged;
import dev.resentry.storage.analytics.AnalyticsTable;
import dev.resentry.storage.analytics.RowPlace;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CopyBatchTest {
    private static final Instant AT = Instant.parse("2026-11-20T10:11:12.345678Z");
    private static final RowPlace PLACE = new RowPlace(42, AT);

    private final CopyBatch batch = new CopyBatch();

    @Test
    void readsTheTableOfWhatWasSentJustNow() {
        batch.add(log(Cause.LIVE));

        assertThat(AnalyticsTable.ALL)
                .filteredOn(table -> batch.places(table).contains(PLACE))
                .containsExactly(AnalyticsTable.LOGS);
        assertThat(batch.changed()).isEmpty();
    }

    /** What else is at the place may be told of by another batch. */
    @Test
    void readsAllTablesWhereItRemovesWhatIsGone() {
        batch.add(log(Cause.REPLAY));

        assertThat(AnalyticsTable.ALL)
                .allSatisfy(table -> assertThat(batch.places(table)).containsExactly(PLACE));
        assertThat(batch.changed()).containsExactly(PLACE);
    }

    @Test
    void readsAllTablesWhereRowsHaveChanged() {
        batch.add(new RowsChanged(origin(Cause.REPLAY), List.of(AT)));

        assertThat(AnalyticsTable.ALL)
                .allSatisfy(table -> assertThat(batch.places(table)).containsExactly(PLACE));
        assertThat(batch.changed()).containsExactly(PLACE);
    }

    private static ItemStored log(Cause cause) {
        EnvelopeId envelope =
                EnvelopeId.parse("019a9f0a-2c39-7abc-8def-0123456789ab").orElseThrow();
        return new ItemStored(origin(cause), envelope, 0, "log", DataCategory.LOG_ITEM, AT, 10, null, null);
    }

    private static Origin origin(Cause cause) {
        return new Origin(new UUID(1, 2), cause, new ProjectId(42), AT);
    }
}
