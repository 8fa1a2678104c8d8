package dev.resentry.query.alert;

import dev.resentry.model.alert.AlertRule;
import dev.resentry.model.alert.AlertRuleJson;
import dev.resentry.model.alert.MalformedAlertRuleException;
import dev.resentry.query.access.Actor;
import dev.resentry.query.access.AuditLog;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.storage.alert.AlertRuleStore;
import dev.resentry.storage.alert.AlertSnooze;
import dev.resentry.storage.alert.AlertSnoozes;
import dev.resentry.storage.alert.StoredAlertRule;
import dev.resentry.storage.alert.StoredAlertTarget;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Finds the alert rules that callers name, as far as they see them, does with them what they ask for, and records it. */
public final class AlertRuleChanges {
    private final AlertRuleStore rules;
    private final AlertSnoozes snoozes;
    private final ProjectSelection projects;
    private final AuditLog audit;

    AlertRuleChanges(AlertRuleStore rules, AlertSnoozes snoozes, ProjectSelection projects, AuditLog audit) {
        this.rules = rules;
        this.snoozes = snoozes;
        this.projects = projects;
        this.audit = audit;
    }

    /** A rule as the audit log keeps it, without secrets. */
    private record Written(boolean enabled, ObjectNode rule, List<AlertTargetResponse> targets) {
        static Written of(StoredAlertRule stored) {
            return of(stored.enabled(), stored.rule(), stored.targets());
        }

        static Written of(boolean enabled, AlertRule rule, List<StoredAlertTarget> targets) {
            return new Written(
                    enabled,
                    AlertRuleJson.write(rule),
                    targets.stream().map(AlertTargetResponse::of).toList());
        }
    }

    /**
     * The rule of an id.
     *
     * @throws ApiException not found, if the actor sees no such rule
     */
    public StoredAlertRule one(Actor actor, long id) {
        return rules.find(id)
                .filter(rule -> projects.of(actor).contains(rule.project().id()))
                .orElseThrow(() -> ApiException.notFound("alert rule", id));
    }

    /**
     * Adds a rule to a project that the actor sees.
     *
     * @return its id
     * @throws ApiException if there is one that does and tells the same
     */
    public long add(Actor actor, long projectId, AlertRule rule, boolean enabled, List<StoredAlertTarget> targets) {
        requireReadable(rule);
        requireTargets(enabled, targets);
        return audit.inTransaction(() -> {
            requireUnique(projectId, 0, rule, targets);
            long id = rules.add(projectId, rule, enabled, targets, actor.email());
            audit.record(actor, "alert_rule.created", target(id, rule), null, Written.of(enabled, rule, targets));
            return id;
        });
    }

    /**
     * Replaces a rule.
     *
     * @param targets those with an id are changed, the others that it has are removed
     * @param revision that of the rule that was changed
     * @throws ApiException if somebody was faster, or there is a rule that does and tells the same
     */
    public void replace(
            Actor actor,
            StoredAlertRule before,
            long revision,
            AlertRule rule,
            boolean enabled,
            List<StoredAlertTarget> targets) {
        requireReadable(rule);
        requireTargets(enabled, targets);
        audit.doInTransaction(() -> {
            requireUnique(before.project().id(), before.id(), rule, targets);
            if (!rules.replace(before.id(), revision, rule, enabled, targets)) {
                throw ApiException.conflict(
                        "revision", "%d is not the latest any more; read the rule again".formatted(revision));
            }
            audit.record(
                    actor,
                    "alert_rule.changed",
                    target(before.id(), rule),
                    Written.of(before),
                    Written.of(enabled, rule, targets));
        });
    }

    /** A rule that is put together of others' fields is held to what rules as a whole have to be. */
    private static void requireReadable(AlertRule rule) {
        try {
            AlertRule _ = AlertRuleJson.read(AlertRuleJson.write(rule));
        } catch (MalformedAlertRuleException e) {
            throw ApiException.invalid(e.field(), String.valueOf(e.getMessage()));
        }
    }

    /** Switches a rule on or off. */
    public void enable(Actor actor, StoredAlertRule rule, boolean enabled) {
        if (rule.enabled() != enabled) {
            replace(actor, rule, rule.revision(), rule.rule(), enabled, rule.targets());
        }
    }

    /** Removes a rule; that it fired stays on record. */
    public void remove(Actor actor, StoredAlertRule rule) {
        audit.doInTransaction(() -> {
            if (rules.remove(rule.id())) {
                audit.record(actor, "alert_rule.deleted", target(rule.id(), rule.rule()), Written.of(rule), null);
            }
        });
    }

    /**
     * Has somebody, or everybody, not be told for a while.
     *
     * @param until null: until somebody ends it
     */
    public AlertSnooze snooze(Actor actor, AlertSnooze.Key of, @Nullable Instant until) {
        return audit.inTransaction(() -> {
            if (!rules.lock(of.projectId())) {
                throw ApiException.notFound("project", of.projectId());
            }
            AlertSnooze snooze = snoozes.set(of, until, actor.email());
            audit.record(actor, "alert_snooze.set", target(of), null, SnoozeResponse.of(snooze));
            return snooze;
        });
    }

    /** Ends a snooze; false if there was none. */
    public boolean unsnooze(Actor actor, AlertSnooze.Key of) {
        return audit.inTransaction(() -> {
            Optional<AlertSnooze> ended = snoozes.remove(of);
            ended.ifPresent(
                    snooze -> audit.record(actor, "alert_snooze.ended", target(of), SnoozeResponse.of(snooze), null));
            return ended.isPresent();
        });
    }

    private static void requireTargets(boolean enabled, List<StoredAlertTarget> targets) {
        if (enabled && targets.isEmpty()) {
            throw ApiException.invalid(
                    "targets", "none (expected: whom the rule tells; only a disabled rule may have none)");
        }
        if (targets.size() > AlertTargets.MOST) {
            throw ApiException.invalid(
                    "targets", "%d of them (expected: %d at most)".formatted(targets.size(), AlertTargets.MOST));
        }
    }

    private void requireUnique(long projectId, long exceptId, AlertRule rule, List<StoredAlertTarget> targets) {
        if (!rules.lock(projectId)) {
            throw ApiException.notFound("project", projectId);
        }
        rules.duplicate(projectId, exceptId, rule, targets).ifPresent(other -> {
            throw ApiException.duplicate(
                    other.id(),
                    "Rule %d, '%s', does and tells exactly the same"
                            .formatted(other.id(), other.rule().name()));
        });
    }

    private static AuditLog.Target target(long id, AlertRule rule) {
        return new AuditLog.Target("alert_rule", id, rule.name());
    }

    private static AuditLog.Target target(AlertSnooze.Key of) {
        return of.issueId() != AlertSnooze.ALL
                ? new AuditLog.Target("issue", of.issueId(), "")
                : of.ruleId() != AlertSnooze.ALL
                        ? new AuditLog.Target("alert_rule", of.ruleId(), "")
                        : new AuditLog.Target("project", of.projectId(), "");
    }
}
