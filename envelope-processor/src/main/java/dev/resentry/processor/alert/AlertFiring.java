package dev.resentry.processor.alert;

import dev.resentry.model.alert.AlertCondition;
import dev.resentry.model.alert.AlertCondition.NewIssue;
import dev.resentry.model.event.EventId;
import dev.resentry.processing.alert.AlertIssue;
import dev.resentry.processing.alert.AlertSubject;
import dev.resentry.processing.alert.AlertValues;
import dev.resentry.processor.alert.AlertConditions.Reason;
import dev.resentry.processor.alert.AlertNotices.Told;
import dev.resentry.storage.alert.AlertFacts;
import dev.resentry.storage.alert.AlertFacts.EventFacts;
import dev.resentry.storage.alert.AlertFacts.ProjectFacts;
import dev.resentry.storage.alert.AlertFirings;
import dev.resentry.storage.alert.FiringResult;
import dev.resentry.storage.alert.NewFiring;
import dev.resentry.storage.alert.StoredAlertRules.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Has a rule fire that came true: writes what is told, and lets the database decide. */
final class AlertFiring {
    /** How soon it is tried again whether somebody still wants nobody to be told. */
    private static final Duration ASK_AGAIN = Duration.ofSeconds(10);

    private final AlertFacts facts;
    private final AlertNotices notices;
    private final AlertFirings firings;
    private final Silences silences;
    private final AlertMetrics metrics;

    AlertFiring(AlertFacts facts, AlertNotices notices, AlertFirings firings, Silences silences, AlertMetrics metrics) {
        this.facts = facts;
        this.notices = notices;
        this.firings = firings;
        this.silences = silences;
        this.metrics = metrics;
    }

    /** What is gone meanwhile, or was put away for ever, fires nothing. */
    void fire(Rule rule, AlertTrigger trigger, Reason reason, Instant now) {
        Optional<ProjectFacts> project = facts.project(trigger.projectId());
        if (project.isEmpty()) {
            return;
        }
        AlertSubject subject = trigger.subject();
        AlertIssue issue = null;
        if (subject != null) {
            try {
                issue = subject.issue();
            } catch (NoSuchElementException _) {
                return;
            }
            if (issue.isIgnoredForEver()) {
                return;
            }
        }
        AlertValues.ShownEvent event = issue == null ? null : event(trigger, issue);
        var told = new Told(
                rule,
                new AlertValues.Project(
                        project.get().id(), project.get().slug(), project.get().name()),
                issue,
                event,
                reason.words(),
                now);
        FiringResult result = firings.fire(
                new NewFiring(
                        rule.id(),
                        rule.rule().name(),
                        trigger.projectId(),
                        told.issueId(),
                        issue == null ? project.get().name() : issue.title(),
                        event == null ? null : event.id().value(),
                        trigger.recordId(),
                        rule.rule().interval(),
                        trigger.at(),
                        now,
                        reason.words().text(),
                        observed(reason),
                        reason.condition() instanceof NewIssue),
                notices.of(told));
        switch (result) {
            case FiringResult.Fired _ -> {
                metrics.fired(reason.condition());
                silences.put(rule, trigger.issueId(), now.plus(rule.rule().interval()));
            }
            case FiringResult.Silent(Instant last) ->
                silences.put(rule, trigger.issueId(), last.plus(rule.rule().interval()));
            case FiringResult.Snoozed _ -> silences.put(rule, trigger.issueId(), now.plus(ASK_AGAIN));
            case FiringResult.Known _, FiringResult.Gone _ -> {}
        }
    }

    private AlertValues.@Nullable ShownEvent event(AlertTrigger trigger, AlertIssue issue) {
        Optional<EventFacts> found = trigger.eventId() == null
                ? facts.latestEvent(issue.id())
                : facts.event(trigger.projectId(), trigger.eventId().value());
        return found.map(event -> notices.shown(
                        issue.id(),
                        new EventId(event.id()),
                        AlertSubjects.summary(event),
                        event.payload() == null ? null : AlertSubjects.json(event)))
                .orElse(null);
    }

    private static ObjectNode observed(Reason reason) {
        ObjectNode observed = JsonMapper.shared().createObjectNode();
        AlertCondition condition = reason.condition();
        observed.put("condition", condition == null ? "none" : AlertMetrics.word(condition));
        observed.put("value", reason.words().observed());
        return observed;
    }
}
