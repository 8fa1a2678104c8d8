package dev.resentry.storage.search;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Set;

/** The events {@code e} of an issue {@code i} that count in the window and the environments of a search. */
final class EventsOfIssue {
    /** How far ahead of its arrival an event's own time may be, and more. */
    private static final Duration AHEAD = Duration.ofHours(1);

    private final SearchBinding binding;

    EventsOfIssue(SearchBinding binding) {
        this.binding = binding;
    }

    /**
     * True if one of them fulfils a condition, else null. The window is of whole hours, as that of what is counted is. The events of
     * each issue are looked up by its id: of {@code EXISTS} the planner might make a join that reads all events.
     */
    String where(String condition) {
        SearchContext context = binding.context();
        var sql = new StringBuilder("(SELECT true FROM events e WHERE e.issue_id = i.id");
        Instant from = context.from();
        if (from != null) {
            Instant hour = from.truncatedTo(ChronoUnit.HOURS);
            // The first follows from the second, and leaves partitions out.
            sql.append(" AND e.received_at >= ").append(time(hour.minus(AHEAD)));
            sql.append(" AND e.occurred_at >= ").append(time(hour));
        }
        Instant to = context.to();
        if (to != null) {
            sql.append(" AND e.occurred_at < ").append(time(endOfHour(to)));
        }
        Set<String> environments = context.environments();
        if (environments != null) {
            sql.append(" AND coalesce(e.environment, '') = ANY (")
                    .append(binding.bind(environments.toArray(String[]::new)))
                    .append(')');
        }
        return sql.append(" AND ").append(condition).append(" LIMIT 1)").toString();
    }

    /** An issue that has the event of an id. */
    static String ofEvent(String id) {
        return """
            i.id IN (SELECT hit.issue_id FROM projects p
                     JOIN event_identities known ON known.project_id = p.id AND known.event_id = %s
                     JOIN events hit ON hit.received_at = known.received_at AND hit.project_id = known.project_id
                                    AND hit.event_id = known.event_id)\
            """.formatted(id);
    }

    private String time(Instant at) {
        return binding.bind(at.atOffset(ZoneOffset.UTC));
    }

    private static Instant endOfHour(Instant to) {
        Instant hour = to.truncatedTo(ChronoUnit.HOURS);
        return hour.equals(to) ? to : hour.plus(1, ChronoUnit.HOURS);
    }
}
