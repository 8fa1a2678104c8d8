package dev.resentry.storage.alert;

import dev.resentry.model.alert.AlertRule;
import dev.resentry.model.alert.AlertRuleJson;
import dev.resentry.model.alert.AlertTarget;
import dev.resentry.model.alert.TargetType;
import dev.resentry.model.json.UntrustedJson;
import dev.resentry.storage.Page;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.alert.StoredAlertRule.RuleProject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Keeps alert rules and whom they tell. Its methods join the caller's transaction, which those that write need. What is written
 * names the revision that it changes, so that no change undoes another one unseen.
 */
public final class AlertRuleStore {
    private static final String RULES = """
            SELECT r.id, r.project_id, p.slug, p.name, r.enabled, r.definition::text AS definition, r.revision, r.created_by,
                   r.created_at, r.updated_at,
                   (SELECT f.fired_at FROM alert_firings f WHERE f.rule_id = r.id ORDER BY f.fired_at DESC LIMIT 1) AS last_fired_at
            FROM alert_rules r JOIN projects p ON p.id = r.project_id
            """;

    private static final String RATE = """
            r.definition ->> 'condition_match' <> 'none' AND r.definition -> 'filters' = '[]'::jsonb
            AND jsonb_array_length(r.definition -> 'conditions') = 1
            AND r.definition -> 'conditions' -> 0 ->> 'type' = 'crash_free_below'
            """;

    private static final String ADD_TARGET = """
            INSERT INTO alert_targets (rule_id, type, value, subject, body, secret)
            VALUES (:rule, :type, :value, :subject, :body, :secret)
            """;

    private static final String CHANGE_TARGET = """
            UPDATE alert_targets SET type = :type, value = :value, subject = :subject, body = :body, secret = :secret
            WHERE rule_id = :rule AND id = :id
            """;

    private final JdbcClient jdbc;

    public AlertRuleStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Optional<StoredAlertRule> find(long id) {
        return withTargets(jdbc.sql(RULES + "WHERE r.id = :id")
                        .param("id", id)
                        .query((row, _) -> read(row))
                        .list())
                .stream()
                .findFirst();
    }

    /** A page of the rules of some projects, the newest first. */
    public Page<StoredAlertRule> list(VisibleProjects projects, long beforeId, int limit) {
        return Page.ofOneMore(
                withTargets(jdbc.sql(projects.in(
                                RULES + "WHERE r.id < :before {visible} ORDER BY r.id DESC LIMIT :limit",
                                "r.project_id"))
                        .param("before", beforeId)
                        .param("visible", projects.parameter())
                        .param("limit", limit + 1)
                        .query((row, _) -> read(row))
                        .list()),
                limit);
    }

    /** Which rules a search is for. */
    public enum Kind {
        ALL("true"),
        /** Those about the rate of sessions or users without a crash, and nothing else. */
        OF_A_RATE(RATE),
        /** All others. */
        OF_ISSUES("NOT (" + RATE + ")");

        private final String condition;

        Kind(String condition) {
            this.condition = condition;
        }
    }

    /** A page of the rules whose names have some words in them, in any case, the newest first. */
    public Page<StoredAlertRule> search(VisibleProjects projects, String words, Kind kind, long beforeId, int limit) {
        return Page.ofOneMore(
                withTargets(jdbc.sql(projects.in(
                                RULES + """
                                        WHERE r.id < :before {visible} AND strpos(lower(r.definition ->> 'name'), lower(:words)) > 0
                                          AND\s""" + kind.condition + " ORDER BY r.id DESC LIMIT :limit", "r.project_id"))
                        .param("before", beforeId)
                        .param("visible", projects.parameter())
                        .param("words", words)
                        .param("limit", limit + 1)
                        .query((row, _) -> read(row))
                        .list()),
                limit);
    }

    /** All rules of a project, the oldest first. */
    public List<StoredAlertRule> ofProject(long projectId) {
        return withTargets(jdbc.sql(RULES + "WHERE r.project_id = :project ORDER BY r.id")
                .param("project", projectId)
                .query((row, _) -> read(row))
                .list());
    }

    /** Has other changes of the rules of a project wait until the transaction ends; false if there is no such project. */
    public boolean lock(long projectId) {
        return jdbc.sql("SELECT id FROM projects WHERE id = :project FOR NO KEY UPDATE")
                .param("project", projectId)
                .query(Long.class)
                .optional()
                .isPresent();
    }

    /**
     * Another rule of the project that does and tells the same, whatever its name.
     *
     * @param exceptId a rule that does not count
     */
    public Optional<StoredAlertRule> duplicate(
            long projectId, long exceptId, AlertRule rule, List<StoredAlertTarget> targets) {
        List<String> wanted = signature(targets);
        return withTargets(jdbc.sql(RULES + """
                                WHERE r.project_id = :project AND r.id <> :except
                                  AND r.definition - 'name' = :definition::jsonb - 'name'
                                ORDER BY r.id
                                """)
                        .param("project", projectId)
                        .param("except", exceptId)
                        .param("definition", AlertRuleJson.write(rule).toString())
                        .query((row, _) -> read(row))
                        .list())
                .stream()
                .filter(other -> signature(other.targets()).equals(wanted))
                .findFirst();
    }

    /** Adds a rule; its id. */
    public long add(long projectId, AlertRule rule, boolean enabled, List<StoredAlertTarget> targets, String by) {
        long id = jdbc.sql("""
                        INSERT INTO alert_rules (project_id, enabled, definition, created_by, created_at, updated_at)
                        VALUES (:project, :enabled, :definition::jsonb, :by, now(), now())
                        RETURNING id
                        """)
                .param("project", projectId)
                .param("enabled", enabled)
                .param("definition", AlertRuleJson.write(rule).toString())
                .param("by", by)
                .query(Long.class)
                .single();
        targets.forEach(target -> addTarget(id, target.target()));
        return id;
    }

    /**
     * Replaces a rule and whom it tells. Targets with an id are changed, the others that it has are removed.
     *
     * @param revision that of the rule that was changed
     * @return whether that was the latest
     */
    public boolean replace(long id, long revision, AlertRule rule, boolean enabled, List<StoredAlertTarget> targets) {
        int changed = jdbc.sql("""
                        UPDATE alert_rules
                        SET definition = :definition::jsonb, enabled = :enabled, revision = revision + 1, updated_at = now()
                        WHERE id = :id AND revision = :revision
                        """)
                .param("definition", AlertRuleJson.write(rule).toString())
                .param("enabled", enabled)
                .param("id", id)
                .param("revision", revision)
                .update();
        if (changed == 0) {
            return false;
        }
        jdbc.sql("DELETE FROM alert_targets WHERE rule_id = :rule AND NOT id = ANY (:kept)")
                .param("rule", id)
                .param("kept", targets.stream().map(StoredAlertTarget::id).toArray(Long[]::new))
                .update();
        for (StoredAlertTarget target : targets) {
            if (target.id() == 0) {
                addTarget(id, target.target());
            } else {
                bind(jdbc.sql(CHANGE_TARGET).param("id", target.id()), id, target.target())
                        .update();
            }
        }
        return true;
    }

    /** Removes a rule, whom it tells, and what is snoozed of it; that it fired stays on record. False if there was none. */
    public boolean remove(long id) {
        jdbc.sql("""
                        DELETE FROM alert_snoozes s USING alert_rules r
                        WHERE r.id = :id AND s.project_id = r.project_id AND s.rule_id = r.id
                        """).param("id", id).update();
        return jdbc.sql("DELETE FROM alert_rules WHERE id = :id")
                        .param("id", id)
                        .update()
                > 0;
    }

    private void addTarget(long ruleId, AlertTarget target) {
        bind(jdbc.sql(ADD_TARGET), ruleId, target).update();
    }

    private static JdbcClient.StatementSpec bind(JdbcClient.StatementSpec statement, long ruleId, AlertTarget target) {
        return statement
                .param("rule", ruleId)
                .param("type", target.type().wireName())
                .param("value", target.value())
                .param("subject", target.subject())
                .param("body", target.body())
                .param("secret", target.secret());
    }

    /** Whom and how, without regard to order and secrets. */
    private static List<String> signature(Collection<StoredAlertTarget> targets) {
        return targets.stream()
                .map(StoredAlertTarget::target)
                .map(target -> "%s %s %s %s".formatted(target.type(), target.value(), target.subject(), target.body()))
                .sorted()
                .toList();
    }

    private List<StoredAlertRule> withTargets(List<StoredAlertRule> rules) {
        if (rules.isEmpty()) {
            return rules;
        }
        Map<Long, List<StoredAlertTarget>> targets = new HashMap<>();
        jdbc.sql("""
                        SELECT rule_id, id, type, value, subject, body, secret FROM alert_targets
                        WHERE rule_id = ANY (:rules) ORDER BY rule_id, id
                        """)
                .param("rules", rules.stream().map(StoredAlertRule::id).toArray(Long[]::new))
                .query(row -> {
                    targets.computeIfAbsent(row.getLong("rule_id"), _ -> new ArrayList<>())
                            .add(target(row));
                });
        return rules.stream()
                .map(rule -> new StoredAlertRule(
                        rule.id(),
                        rule.project(),
                        rule.enabled(),
                        rule.rule(),
                        targets.getOrDefault(rule.id(), List.of()),
                        rule.revision(),
                        rule.createdBy(),
                        rule.createdAt(),
                        rule.updatedAt(),
                        rule.lastFiredAt()))
                .toList();
    }

    private static StoredAlertTarget target(ResultSet row) throws SQLException {
        return new StoredAlertTarget(
                row.getLong("id"),
                new AlertTarget(
                        TargetType.valueOf(row.getString("type").toUpperCase(Locale.ROOT)),
                        row.getString("value"),
                        row.getString("subject"),
                        row.getString("body"),
                        row.getString("secret")));
    }

    private static StoredAlertRule read(ResultSet row) throws SQLException {
        OffsetDateTime lastFired = row.getObject("last_fired_at", OffsetDateTime.class);
        return new StoredAlertRule(
                row.getLong("id"),
                new RuleProject(row.getLong("project_id"), row.getString("slug"), row.getString("name")),
                row.getBoolean("enabled"),
                AlertRuleJson.read(UntrustedJson.STORED.tree(row.getString("definition"))),
                List.of(),
                row.getLong("revision"),
                row.getString("created_by"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                lastFired == null ? null : lastFired.toInstant());
    }
}
