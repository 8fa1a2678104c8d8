package dev.resentry.storage.alert;

import dev.resentry.storage.delivery.DeliveryOutbox;
import dev.resentry.storage.delivery.NewDelivery;
import dev.resentry.storage.webhook.WebhookNews;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Has rules fire, each once for an issue in its interval, by however many processes and however often the same is told: the row of
 * {@code alert_cooldowns} decides, in the transaction that notes the firing and adds what is to be sent.
 */
public final class AlertFirings {
    /** Before anything else, as everybody does who changes issues of the project. */
    private static final String HOLD_PROJECT =
            "SELECT id FROM projects WHERE id = :project AND status = 'active' FOR KEY SHARE";

    private static final String HOLD_RULE = "SELECT id FROM alert_rules WHERE id = :rule AND enabled FOR KEY SHARE";

    private static final String SNOOZED = """
            SELECT EXISTS (SELECT FROM alert_snoozes
                           WHERE project_id = :project AND rule_id IN (0, :rule) AND issue_id IN (0, :issue) AND user_id = 0
                             AND until > :now)
            """;

    private static final String DECIDE = """
            INSERT INTO alert_cooldowns AS c (rule_id, issue_id, last_fired_at) VALUES (:rule, :issue, :now)
            ON CONFLICT (rule_id, issue_id) DO UPDATE SET last_fired_at = excluded.last_fired_at
            WHERE c.last_fired_at <= :until
            RETURNING last_fired_at
            """;

    private static final String LAST =
            "SELECT last_fired_at FROM alert_cooldowns WHERE rule_id = :rule AND issue_id = :issue";

    private static final String NOTE = """
            INSERT INTO alert_firings (project_id, rule_id, rule_name, issue_id, title, event_id, record_id, fired_at, reason, observed,
                                       summarised)
            VALUES (:project, :rule, :name, :issue, :title, :event, :record, :now, :reason, :observed::jsonb, :summarised)
            ON CONFLICT (rule_id, record_id) DO NOTHING
            RETURNING id
            """;

    private final JdbcClient jdbc;
    private final DeliveryOutbox outbox;
    private final AlertStorms storms;
    private final TransactionTemplate transaction;

    public AlertFirings(DataSource dataSource, DeliveryOutbox outbox, AlertStorms storms) {
        this.jdbc = JdbcClient.create(dataSource);
        this.outbox = outbox;
        this.storms = storms;
        this.transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
    }

    /**
     * Has a rule fire, unless it did.
     *
     * @param deliveries what is sent then, without the id of the firing
     */
    public FiringResult fire(NewFiring firing, List<NewDelivery> deliveries) {
        FiringResult became = transaction.execute(status -> {
            FiringResult result = decide(firing, deliveries);
            if (!(result instanceof FiringResult.Fired)) {
                status.setRollbackOnly();
            }
            return result;
        });
        return Objects.requireNonNull(became, "a transaction has a result");
    }

    private FiringResult decide(NewFiring firing, List<NewDelivery> deliveries) {
        if (!exists(jdbc.sql(HOLD_PROJECT).param("project", firing.projectId()))
                || !exists(jdbc.sql(HOLD_RULE).param("rule", firing.ruleId()))) {
            return new FiringResult.Gone();
        }
        if (isSnoozed(firing)) {
            return new FiringResult.Snoozed();
        }
        boolean decided = exists(jdbc.sql(DECIDE)
                .param("rule", firing.ruleId())
                .param("issue", firing.issueId())
                .param("now", at(firing.now()))
                .param("until", at(firing.trueAt().minus(firing.interval()))));
        if (!decided) {
            return new FiringResult.Silent(
                    lastFired(firing.ruleId(), firing.issueId()).orElse(firing.now()));
        }
        boolean summarised = firing.isNewIssue() && storms.isStorm(firing);
        Optional<Long> noted = note(firing, summarised);
        if (noted.isEmpty()) {
            return new FiringResult.Known();
        }
        tellWebhooks(firing, noted.get());
        if (!summarised) {
            outbox.add(deliveries.stream()
                    .map(delivery -> ofFiring(delivery, noted.get()))
                    .toList());
        }
        return new FiringResult.Fired(noted.get(), summarised);
    }

    private void tellWebhooks(NewFiring firing, long id) {
        WebhookNews.alertFired(
                jdbc,
                new WebhookNews.Fired(
                        id,
                        firing.projectId(),
                        firing.ruleId(),
                        firing.ruleName(),
                        firing.issueId(),
                        firing.title(),
                        firing.eventId(),
                        firing.reason(),
                        firing.now()));
    }

    /** When a rule last fired for an issue, or 0 for the project. */
    public Optional<Instant> lastFired(long ruleId, long issueId) {
        return jdbc.sql(LAST)
                .param("rule", ruleId)
                .param("issue", issueId)
                .query((row, _) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .optional();
    }

    private boolean isSnoozed(NewFiring firing) {
        return jdbc.sql(SNOOZED)
                .param("project", firing.projectId())
                .param("rule", firing.ruleId())
                .param("issue", firing.issueId())
                .param("now", at(firing.now()))
                .query(Boolean.class)
                .single();
    }

    private Optional<Long> note(NewFiring firing, boolean summarised) {
        return jdbc.sql(NOTE)
                .param("project", firing.projectId())
                .param("rule", firing.ruleId())
                .param("name", firing.ruleName())
                .param("issue", firing.issueId())
                .param("title", firing.title())
                .param("event", firing.eventId())
                .param("record", firing.recordId())
                .param("now", at(firing.now()))
                .param("reason", firing.reason())
                .param("observed", firing.observed().toString())
                .param("summarised", summarised)
                .query(Long.class)
                .optional();
    }

    private static NewDelivery ofFiring(NewDelivery delivery, long firingId) {
        return new NewDelivery(
                delivery.kind(),
                delivery.type(),
                delivery.target(),
                delivery.secret(),
                delivery.dedupKey(),
                delivery.projectId(),
                delivery.issueId(),
                delivery.ruleId(),
                firingId,
                delivery.webhookId(),
                delivery.content());
    }

    private static boolean exists(JdbcClient.StatementSpec statement) {
        return !statement.query((_, _) -> "").list().isEmpty();
    }

    static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
