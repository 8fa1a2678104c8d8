package dev.resentry.query.storage;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.resentry.storage.disk.TableUse;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * The disk that the tables take, with their indexes, and the topics, in bytes. The sums are of the tables alone.
 *
 * @param bytesIn30Days if every day brings as much as the last week's days, or as today while there are none
 * @param bytesAtFullRetention likewise, once as many days are there as are kept
 * @param tables the largest first
 * @param topics what each takes of a broker's disk, the largest first; null while no broker answers
 */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(name = "Storage")
public record StorageResponse(
        Instant measuredAt,
        long bytes,
        @JsonProperty("bytes_in_30_days") long bytesIn30Days,
        long bytesAtFullRetention,
        List<Table> tables,
        @Nullable List<Topic> topics) {

    /** A topic: one replica of each of its partitions. */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "StorageTopic")
    public record Topic(String name, long bytes) {}

    /**
     * A table with all its partitions.
     *
     * @param retentionDays how many days it is kept; null if its rows have no days
     * @param bytesPerDay what a day of arrivals takes
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "StorageTable")
    public record Table(
            String name,
            long bytes,
            @Nullable Integer retentionDays,
            long bytesPerDay,
            @JsonProperty("bytes_in_30_days") long bytesIn30Days,
            long bytesAtFullRetention) {
        static Table of(TableUse use) {
            return new Table(
                    use.name(),
                    use.bytes(),
                    use.retentionDays(),
                    use.bytesPerDay(),
                    use.bytesIn30Days(),
                    use.bytesAtFullRetention());
        }
    }

    static StorageResponse of(Instant at, List<TableUse> tables, @Nullable List<Topic> topics) {
        return new StorageResponse(
                at,
                sum(tables, TableUse::bytes),
                sum(tables, TableUse::bytesIn30Days),
                sum(tables, TableUse::bytesAtFullRetention),
                tables.stream().map(Table::of).toList(),
                topics);
    }

    private static long sum(List<TableUse> tables, ToLongFunction<TableUse> value) {
        return tables.stream().mapToLong(value).sum();
    }
}
