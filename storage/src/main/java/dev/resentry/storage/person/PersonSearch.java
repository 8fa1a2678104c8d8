package dev.resentry.storage.person;

import dev.resentry.model.envelope.Endpoint;
import dev.resentry.storage.person.PersonalPayload.Place;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * Finds the envelopes of a project with data of a person, by reading all that arrived in a time: it has no index, as it is asked
 * rarely. Reads rows while they come, so it needs a transaction.
 */
final class PersonSearch {
    private static final int ROWS_AT_ONCE = 500;

    /** Each can have 20 MB. */
    private static final int BODIES_AT_ONCE = 4;

    /** Bodies hold retries too, and what nothing could be made of. */
    private static final String BODIES = """
            SELECT e.received_at, e.id, e.content_encoding, e.endpoint, e.body, i.offsets, i.lengths
            FROM envelopes e
            CROSS JOIN LATERAL (
                SELECT array_agg(payload_offset) AS offsets, array_agg(payload_length) AS lengths
                FROM envelope_items
                WHERE received_at = e.received_at AND envelope_id = e.id AND type = ANY (:types)) AS i
            WHERE e.project_id = :project AND e.received_at >= :from AND e.received_at < :to AND i.offsets IS NOT NULL
            """;

    /** There are many, and most say nothing of anybody. */
    private static final String LOGS = """
            SELECT received_at, envelope_id, attributes::text
            FROM logs
            WHERE project_id = :project AND received_at >= :from AND received_at < :to AND jsonb_exists_any(attributes, :attributes)
            """;

    /** What names the person, by table. */
    private static final Map<String, String> NAMED_BY = Map.of(
            "events", "'user', t.payload -> 'user'",
            "transactions", "'user', t.payload -> 'user'",
            "feedback", "'email', email, 'name', name");

    private final NamedParameterJdbcTemplate rows;
    private final NamedParameterJdbcTemplate bodies;

    PersonSearch(DataSource dataSource) {
        this.rows = fetching(dataSource, ROWS_AT_ONCE);
        this.bodies = fetching(dataSource, BODIES_AT_ONCE);
    }

    private static NamedParameterJdbcTemplate fetching(DataSource dataSource, int atOnce) {
        var template = new JdbcTemplate(dataSource);
        template.setFetchSize(atOnce);
        return new NamedParameterJdbcTemplate(template);
    }

    /** The key of an envelope, and of all that was made of it. */
    record EnvelopeKey(Instant receivedAt, UUID id) {}

    /**
     * What was found.
     *
     * @param read how many rows were read for it
     */
    record Found(Set<EnvelopeKey> envelopes, int read) {}

    /** The envelopes that arrived in a time and have an identifier of a person. */
    Found find(long project, Instant from, Instant to, Predicate<String> isOfPerson) {
        var parameters = Map.<String, Object>of(
                "project",
                project,
                "from",
                from.atOffset(ZoneOffset.UTC),
                "to",
                to.atOffset(ZoneOffset.UTC),
                "types",
                PersonalPayload.TYPES.toArray(String[]::new),
                "attributes",
                PersonalPayload.ATTRIBUTES.toArray(String[]::new));
        Set<EnvelopeKey> envelopes = new LinkedHashSet<>();
        int[] read = {0};
        // Rows say it of events that came by other routes, and of those whose envelope has expired.
        for (Map.Entry<String, String> table : NAMED_BY.entrySet()) {
            String sql = """
                    SELECT received_at, envelope_id, jsonb_build_object(%s)::text
                    FROM %s t
                    WHERE project_id = :project AND received_at >= :from AND received_at < :to
                    """.formatted(table.getValue(), table.getKey());
            rows.query(sql, parameters, (RowCallbackHandler) row -> {
                read[0]++;
                if (PersonalPayload.identifiers(row.getString(3)).stream().anyMatch(isOfPerson)) {
                    envelopes.add(key(row));
                }
            });
        }
        rows.query(LOGS, parameters, (RowCallbackHandler) row -> {
            read[0]++;
            if (PersonalPayload.identifiers(row.getString(3)).stream().anyMatch(isOfPerson)) {
                envelopes.add(key(row));
            }
        });
        bodies.query(BODIES, parameters, (RowCallbackHandler) row -> {
            read[0]++;
            if (identifiers(row).stream().anyMatch(isOfPerson)) {
                envelopes.add(key(row));
            }
        });
        return new Found(Collections.unmodifiableSet(envelopes), read[0]);
    }

    private static EnvelopeKey key(ResultSet row) throws SQLException {
        return new EnvelopeKey(row.getObject(1, OffsetDateTime.class).toInstant(), row.getObject(2, UUID.class));
    }

    private static Set<String> identifiers(ResultSet row) throws SQLException {
        Integer[] offsets = (Integer[]) row.getArray(6).getArray();
        Integer[] lengths = (Integer[]) row.getArray(7).getArray();
        List<Place> items = new ArrayList<>();
        for (int i = 0; i < offsets.length; i++) {
            items.add(new Place(offsets[i], lengths[i]));
        }
        Optional<Endpoint> endpoint = Endpoint.parse(row.getString(4));
        return endpoint.isEmpty()
                ? Set.of()
                : PersonalPayload.identifiers(row.getString(3), endpoint.get(), row.getBytes(5), items);
    }
}
