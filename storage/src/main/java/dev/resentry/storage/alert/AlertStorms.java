package dev.resentry.storage.alert;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.resentry.storage.delivery.DeliveryOutbox;
import dev.resentry.storage.delivery.NewDelivery;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps many new issues at once from becoming as many messages: what comes within five minutes of a project's first is told by itself
 * up to a number, and the rest together at the end.
 */
public final class AlertStorms {
    /** So many new issues are told by themselves. */
    public static final int TOLD_SINGLY = 20;

    /** Within so long. */
    public static final Duration WITHIN = Duration.ofMinutes(5);

    private static final int MOST_NAMED = 10;

    /** Its row is locked until the firing is committed, so that two processes count on. */
    private static final String CURRENT = """
            INSERT INTO alert_storms (project_id, began_at, firings) VALUES (:project, :now, 0)
            ON CONFLICT (project_id) DO UPDATE SET firings = alert_storms.firings
            RETURNING began_at, firings
            """;

    private static final String COUNT =
            "UPDATE alert_storms SET began_at = :began, firings = :firings WHERE project_id = :project";

    private static final String ENDED = """
            SELECT project_id, began_at FROM alert_storms WHERE began_at <= :until AND firings > :most
            ORDER BY project_id FOR UPDATE SKIP LOCKED LIMIT 100
            """;

    private static final String FIRINGS = """
            SELECT f.rule_id, f.issue_id, f.title, i.culprit, i.first_release
            FROM alert_firings f LEFT JOIN issues i ON i.id = f.issue_id
            WHERE f.project_id = :project AND f.fired_at >= :from AND f.summarised
            ORDER BY f.fired_at, f.id
            LIMIT 10000
            """;

    private final JdbcClient jdbc;
    private final DeliveryOutbox outbox;
    private final Summary summary;
    private final TransactionTemplate transaction;

    /** @param summary says what is sent of a storm */
    public AlertStorms(DataSource dataSource, DeliveryOutbox outbox, Summary summary) {
        this.jdbc = JdbcClient.create(dataSource);
        this.outbox = outbox;
        this.summary = summary;
        this.transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
    }

    /** Makes messages of a storm. */
    @FunctionalInterface
    public interface Summary {
        /** One message for each target of the rules that fired. */
        List<NewDelivery> of(Storm storm);
    }

    /** One that nobody was told of by itself. */
    public record Untold(long ruleId, long issueId, String title, String culprit, String release) {}

    /**
     * The firings of a project that nobody was told of.
     *
     * @param dedupKey names the storm
     * @param culprits the most frequent ones, with how many issues each has
     * @param releases that the issues were first seen in, the most frequent first
     */
    public record Storm(
            long projectId,
            Instant beganAt,
            String dedupKey,
            List<Untold> firings,
            List<Share> culprits,
            List<Share> releases) {}

    /** How many issues have something. */
    public record Share(String name, long issues) {}

    /** Counts a new issue in the caller's transaction; whether there were too many already to tell it by itself. */
    boolean isStorm(NewFiring firing) {
        Window window = jdbc.sql(CURRENT)
                .param("project", firing.projectId())
                .param("now", AlertFirings.at(firing.now()))
                .query((row, _) ->
                        new Window(row.getObject(1, OffsetDateTime.class).toInstant(), row.getInt(2)))
                .single();
        if (!firing.now().isBefore(window.beganAt().plus(WITHIN))) {
            tell(firing.projectId(), window);
            window = new Window(firing.now(), 0);
        }
        count(firing.projectId(), new Window(window.beganAt(), window.firings() + 1));
        return window.firings() >= TOLD_SINGLY;
    }

    private record Window(Instant beganAt, int firings) {}

    /** Tells of the storms that have ended; how many there were. */
    public int tellEnded(Instant now) {
        Integer told = transaction.execute(_ -> {
            record Ended(long projectId, Window window) {}
            List<Ended> ended = jdbc.sql(ENDED)
                    .param("until", AlertFirings.at(now.minus(WITHIN)))
                    .param("most", TOLD_SINGLY)
                    .query((row, _) -> new Ended(
                            row.getLong(1),
                            new Window(row.getObject(2, OffsetDateTime.class).toInstant(), TOLD_SINGLY + 1)))
                    .list();
            for (Ended one : ended) {
                tell(one.projectId(), one.window());
                count(one.projectId(), new Window(one.window().beganAt(), 0));
            }
            return ended.size();
        });
        return told == null ? 0 : told;
    }

    private void tell(long projectId, Window window) {
        if (window.firings() <= TOLD_SINGLY) {
            return;
        }
        List<Untold> firings = jdbc.sql(FIRINGS)
                .param("project", projectId)
                .param("from", AlertFirings.at(window.beganAt()))
                .query((row, _) -> new Untold(
                        row.getLong(1),
                        row.getLong(2),
                        row.getString(3),
                        row.getString(4) == null ? "" : row.getString(4),
                        row.getString(5) == null ? "" : row.getString(5)))
                .list();
        String key = "storm/%d/%d".formatted(projectId, window.beganAt().toEpochMilli());
        outbox.add(summary.of(new Storm(
                projectId,
                window.beganAt(),
                key,
                firings,
                shares(firings.stream().map(Untold::culprit).toList()),
                shares(firings.stream().map(Untold::release).toList()))));
    }

    private static List<Share> shares(List<String> names) {
        Map<String, Long> counts =
                names.stream().filter(name -> !name.isEmpty()).collect(groupingBy(name -> name, counting()));
        return counts.entrySet().stream()
                .map(one -> new Share(one.getKey(), one.getValue()))
                .sorted(Comparator.comparingLong(Share::issues).reversed().thenComparing(Share::name))
                .limit(MOST_NAMED)
                .toList();
    }

    private void count(long projectId, Window window) {
        jdbc.sql(COUNT)
                .param("project", projectId)
                .param("began", AlertFirings.at(window.beganAt()))
                .param("firings", window.firings())
                .update();
    }
}
