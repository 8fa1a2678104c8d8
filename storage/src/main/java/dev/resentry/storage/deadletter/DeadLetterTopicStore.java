package dev.resentry.storage.deadletter;

import dev.resentry.model.outcome.Outcome;
import dev.resentry.storage.ingest.SourceRecord;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes over what stands on the topic of dead letters that earlier versions wrote. Letters and the position behind them are
 * one transaction, and a letter that is there already changes nothing: any number of processes may do so at once.
 */
public final class DeadLetterTopicStore {
    /** Comes first in the transaction: processes that read the same partition wait for each other here. */
    private static final String MOVE = """
            INSERT INTO dead_letter_topic_positions (topic, partition, next_offset) VALUES (:topic, :partition, :next)
            ON CONFLICT (topic, partition)
                DO UPDATE SET next_offset = greatest(dead_letter_topic_positions.next_offset, excluded.next_offset)
            """;

    private final JdbcClient client;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;

    public DeadLetterTopicStore(DataSource dataSource, PlatformTransactionManager transactions) {
        this.client = JdbcClient.create(dataSource);
        this.jdbc = new JdbcTemplate(dataSource);
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * A dead letter as the topic has it.
     *
     * @param source the record as it stood on topic {@code envelopes}
     * @param receivedAt when its envelope arrived, if that is known
     */
    public record Letter(
            SourceRecord source,
            Outcome.Dropped why,
            Instant at,
            @Nullable Instant receivedAt) {}

    /** From where on the partition is not taken over yet. */
    public long nextOffset(String topic, int partition) {
        return client.sql("""
                        SELECT next_offset FROM dead_letter_topic_positions WHERE topic = :topic AND partition = :partition
                        """)
                .param("topic", topic)
                .param("partition", partition)
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    /** Stores letters that stand on a partition in front of an offset. */
    public void takeOver(String topic, int partition, List<Letter> letters, long nextOffset) {
        List<DeadLetterRow> rows = letters.stream()
                .map(letter -> DeadLetterRow.taken(letter.source(), letter.why(), letter.at(), letter.receivedAt()))
                .toList();
        transaction.executeWithoutResult(_ -> {
            client.sql(MOVE)
                    .param("topic", topic)
                    .param("partition", partition)
                    .param("next", nextOffset)
                    .update();
            if (!rows.isEmpty()) {
                jdbc.execute((ConnectionCallback<Boolean>) connection -> {
                    InsertDeadLetters.run(connection, rows);
                    return true;
                });
            }
        });
    }
}
