package dev.resentry.storage.performance;

import dev.resentry.storage.rollup.DurationSketch;
import java.sql.ResultSet;
import java.sql.SQLException;

/** What a row of a roll-up counts. */
record CountedRow(long transactions, long failures, long micros, DurationSketch durations) {
    static final String COLUMNS = "h.transactions, h.failures, h.duration_us, h.buckets, h.counts";

    static CountedRow of(ResultSet row) throws SQLException {
        var durations = new DurationSketch();
        durations.add((Integer[]) row.getArray("buckets").getArray(), (Long[])
                row.getArray("counts").getArray());
        return new CountedRow(
                row.getLong("transactions"), row.getLong("failures"), row.getLong("duration_us"), durations);
    }
}
