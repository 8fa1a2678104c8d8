package dev.resentry.storage.attachment;

import dev.resentry.model.envelope.EnvelopeId;
import dev.resentry.model.event.EventId;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.blob.BlobHash;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads attachments. */
public final class AttachmentQueries {
    /** Items of envelopes from before there was a table of attachments are attachments too. What a retry brought is left out. */
    private static final String OF_EVENT = """
            SELECT received_at, envelope_id, position, name, content_type, attachment_type, size, blob
            FROM attachments
            WHERE event_id = :event AND project_id = :project AND received_at >= :from AND received_at <= :to
            UNION ALL
            SELECT received_at, envelope_id, position, coalesce(filename, 'attachment-' || position), content_type, NULL,
                   payload_length, NULL
            FROM envelope_items i
            WHERE event_id = :event AND project_id = :project AND type = 'attachment' AND outcome = 'stored'
              AND received_at >= :from AND received_at <= :to
              AND NOT EXISTS (
                  SELECT FROM envelope_items d
                  WHERE d.received_at = i.received_at AND d.envelope_id = i.envelope_id AND d.outcome = 'duplicate')
              AND NOT EXISTS (
                  SELECT FROM attachments a
                  WHERE a.event_id = :event AND a.received_at = i.received_at AND a.envelope_id = i.envelope_id
                    AND a.position = i.position)
            ORDER BY received_at, envelope_id, position
            """;

    private static final String AT = """
            SELECT envelope_id, position, name, content_type, attachment_type, size, blob
            FROM attachments
            WHERE envelope_id = :envelope AND position = :position AND received_at >= :from AND received_at < :to
            """;

    /** How far from its event an attachment may arrive in an envelope of its own; bounds the partitions looked into. */
    private static final Duration WITHIN = Duration.ofDays(1);

    private final JdbcClient jdbc;

    public AttachmentQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The attachments of an event, those that came in an envelope of their own too. */
    public List<StoredAttachment> ofEvent(long projectId, EventId eventId, Instant receivedAt) {
        return jdbc.sql(OF_EVENT)
                .param("event", eventId.value())
                .param("project", projectId)
                .param("from", receivedAt.minus(WITHIN).atOffset(ZoneOffset.UTC))
                .param("to", receivedAt.plus(WITHIN).atOffset(ZoneOffset.UTC))
                .query((row, _) -> attachment(row))
                .list();
    }

    /** The attachment that an item of an envelope is; empty if it is none, or is from before there was such a table. */
    public Optional<StoredAttachment> find(EnvelopeId envelope, int position, VisibleProjects visible) {
        // The id holds the millisecond of arrival, which leaves one partition to look into.
        Instant from = Instant.ofEpochMilli(envelope.value().getMostSignificantBits() >>> 16);
        return jdbc.sql(AT + visible.and("project_id"))
                .param("visible", visible.parameter())
                .param("envelope", envelope.value())
                .param("position", position)
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param("to", from.plus(Duration.ofMillis(1)).atOffset(ZoneOffset.UTC))
                .query((row, _) -> attachment(row))
                .optional();
    }

    private static StoredAttachment attachment(ResultSet row) throws SQLException {
        byte[] blob = row.getBytes("blob");
        return new StoredAttachment(
                row.getObject("envelope_id", UUID.class),
                row.getInt("position"),
                row.getString("name"),
                row.getString("content_type"),
                row.getString("attachment_type"),
                row.getLong("size"),
                blob == null ? null : BlobHash.of(blob));
    }
}
