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
        return "(SELECT true FROM events e WHERE e.issue_id = i.id%s AND %s LIMIT 1)".formatted(counting(), condition);
    }

    /**
     * True if one of them fulfils a condition for which the events of days that are over have an index: these are looked up once for all
     * issues, and those of the day itself by its issue.
     */
    String whereIndexed(String condition) {
        // No parameter: a plan that is made for any day reads the day that has no index from end to end.
        String indexed = "timestamptz '%s'"
                .formatted(TagIndexes.indexedBefore(binding.context().now()));
        return "(i.id IN (SELECT e.issue_id FROM events e WHERE %1$s%2$s AND e.received_at < %3$s) OR %4$s)"
                .formatted(
                        condition,
                        counting(),
                        indexed,
                        where("e.received_at >= %s AND %s".formatted(indexed, condition)));
    }

    private String counting() {
        SearchContext context = binding.context();
        var sql = new StringBuilder();
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
        return sql.toString();
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
