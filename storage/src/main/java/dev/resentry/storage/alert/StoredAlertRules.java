package dev.resentry.storage.alert;

import dev.resentry.model.alert.AlertRule;
import dev.resentry.model.alert.AlertRuleJson;
import dev.resentry.model.alert.AlertTarget;
import dev.resentry.model.alert.TargetType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** The rules that are on, as processors need them. Whether their projects are on is looked at when they fire. */
public final class StoredAlertRules {
    private static final Logger LOG = LoggerFactory.getLogger(StoredAlertRules.class);

    /** Every change of a rule or its targets grows its revision; a rule that is new has the greatest id. */
    private static final String VERSION = """
            SELECT concat_ws(' ', count(*), coalesce(max(id), 0), coalesce(sum(revision), 0)) FROM alert_rules
            """;

    private static final String RULES = """
            SELECT r.id, r.project_id, r.definition::text AS definition, r.created_by
            FROM alert_rules r
            WHERE r.enabled
            ORDER BY r.id
            """;

    private static final String TARGETS = """
            SELECT t.rule_id, t.type, t.value, t.subject, t.body, t.secret
            FROM alert_targets t JOIN alert_rules r ON r.id = t.rule_id
            WHERE r.enabled
            ORDER BY t.id
            """;

    private final JdbcClient jdbc;

    public StoredAlertRules(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A rule with whom it tells. */
    public record Rule(long id, long projectId, AlertRule rule, List<AlertTarget> targets, String createdBy) {
        public Rule {
            targets = List.copyOf(targets);
        }
    }

    /** Another text once any rule has changed. */
    public String version() {
        return jdbc.sql(VERSION).query(String.class).single();
    }

    /** All rules that are on. One that this release does not understand is left out. */
    public List<Rule> enabled() {
        Map<Long, List<AlertTarget>> targets = new HashMap<>();
        jdbc.sql(TARGETS).query(row -> {
            targets.computeIfAbsent(row.getLong("rule_id"), _ -> new ArrayList<>())
                    .add(new AlertTarget(
                            TargetType.valueOf(row.getString("type").toUpperCase(Locale.ROOT)),
                            row.getString("value"),
                            row.getString("subject"),
                            row.getString("body"),
                            row.getString("secret")));
        });
        List<Rule> rules = new ArrayList<>();
        jdbc.sql(RULES).query(row -> {
            long id = row.getLong("id");
            try {
                rules.add(new Rule(
                        id,
                        row.getLong("project_id"),
                        AlertRuleJson.read(JsonMapper.shared().readTree(row.getString("definition"))),
                        targets.getOrDefault(id, List.of()),
                        row.getString("created_by")));
            } catch (IllegalArgumentException e) {
                LOG.atError()
                        .addKeyValue("ruleId", id)
                        .setCause(e)
                        .log("An alert rule cannot be used and fires nothing");
            }
        });
        return rules;
    }
}
