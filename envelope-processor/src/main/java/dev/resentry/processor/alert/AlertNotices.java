package dev.resentry.processor.alert;

import dev.resentry.model.alert.AlertTarget;
import dev.resentry.model.alert.TargetType;
import dev.resentry.model.event.Event;
import dev.resentry.model.event.EventId;
import dev.resentry.model.wire.ProcessedRecord.EventSummary;
import dev.resentry.processing.alert.AlertIssue;
import dev.resentry.processing.alert.AlertTemplate;
import dev.resentry.processing.alert.AlertValues;
import dev.resentry.processing.alert.FiringReason.Words;
import dev.resentry.processing.alert.MalformedTemplateException;
import dev.resentry.storage.alert.Recipients;
import dev.resentry.storage.alert.Recipients.About;
import dev.resentry.storage.alert.Recipients.Recipient;
import dev.resentry.storage.alert.StoredAlertRules.Rule;
import dev.resentry.storage.delivery.DeliveryKind;
import dev.resentry.storage.delivery.NewDelivery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What is sent when a rule fires: for each target one message, for people who are meant twice one. */
final class AlertNotices {
    private static final Logger LOG = LoggerFactory.getLogger(AlertNotices.class);

    private static final AlertTemplate SUBJECT = AlertTemplate.parse(
            "{% if issue.id %}{{ issue.short_id }} {{ issue.title }}{% else %}{{ project.name }}: {{ reason }}{% endif %}");

    private static final AlertTemplate BODY = AlertTemplate.parse("""
            {% if issue.id %}{{ issue.title }}
            {% if issue.culprit %}{{ issue.culprit }}
            {% endif %}
            {% endif %}Rule "{{ rule.name }}": {{ reason }}.

            Project: {{ project.name }}
            {% if event.level %}Level: {{ event.level }}
            {% endif %}{% if event.environment %}Environment: {{ event.environment }}
            {% endif %}{% if event.release %}Release: {{ event.release }}
            {% endif %}{% if issue.id %}Events: {{ issue.events }}, users: {{ issue.users }}, first seen {{ issue.first_seen }}

            {{ issue.url }}
            {% else %}
            {{ rule.url }}
            {% endif %}""");

    private final Recipients recipients;
    private final AlertLinks links;

    AlertNotices(Recipients recipients, AlertLinks links) {
        this.recipients = recipients;
        this.links = links;
    }

    /**
     * What is told.
     *
     * @param issue null for the project
     * @param event null if there is none, or it is gone
     */
    record Told(
            Rule rule,
            AlertValues.Project project,
            @Nullable AlertIssue issue,
            AlertValues.@Nullable ShownEvent event,
            Words reason,
            Instant at) {

        long issueId() {
            return issue == null ? 0 : issue.id();
        }
    }

    AlertValues.ShownEvent shown(long issueId, EventId id, EventSummary summary, @Nullable Event json) {
        return new AlertValues.ShownEvent(id, summary, json, links.event(issueId, id));
    }

    List<NewDelivery> of(Told told) {
        Map<String, String> values = values(told);
        var about = new About(
                told.project().id(),
                told.rule().id(),
                told.issueId(),
                told.issue() == null ? null : told.issue().assigneeId(),
                told.rule().createdBy(),
                told.at());
        var forms = new AlertForms(links, told);
        List<NewDelivery> deliveries = new ArrayList<>();
        Set<String> addressed = new HashSet<>();
        for (AlertTarget target : told.rule().targets()) {
            ObjectNode content = content(told, target, values, forms);
            for (String address : addresses(target, about)) {
                TargetType type = target.type().isUrl() ? target.type() : TargetType.EMAIL;
                if (addressed.add(type + " " + address)) {
                    deliveries.add(new NewDelivery(
                            DeliveryKind.ALERT,
                            type,
                            address,
                            target.secret(),
                            null,
                            told.project().id(),
                            told.issue() == null ? null : told.issueId(),
                            told.rule().id(),
                            null,
                            null,
                            content));
                }
            }
        }
        return deliveries;
    }

    /** The addresses or URLs of a target. */
    List<String> addresses(AlertTarget target, About about) {
        return switch (target.type()) {
            case EMAIL, WEBHOOK, SENTRY_WEBHOOK, SENTRY_PLUGIN, SLACK, MATTERMOST, DISCORD, MS_TEAMS ->
                List.of(target.value());
            case USER, TEAM, ASSIGNEE ->
                recipients.of(target, about).stream().map(Recipient::email).toList();
        };
    }

    private Map<String, String> values(Told told) {
        var values = new AlertValues(
                told.rule().rule().name(),
                links.rule(told.rule().id()),
                told.reason().text(),
                told.project());
        if (told.issue() != null) {
            values.with(told.issue(), links.issue(told.issueId()));
        }
        if (told.event() != null) {
            values.with(told.event());
        }
        return values.asMap();
    }

    private ObjectNode content(Told told, AlertTarget target, Map<String, String> values, AlertForms forms) {
        ObjectNode content = JsonMapper.shared().createObjectNode();
        content.put("subject", template(told, target.subject(), SUBJECT).renderLine(values));
        content.put("text", template(told, target.body(), BODY).render(values));
        AlertIssue issue = told.issue();
        content.putObject("link")
                .put("url", issue == null ? links.rule(told.rule().id()) : links.issue(issue.id()))
                .put("title", issue == null ? told.project().name() : issue.title());
        content.put("color_level", issue == null ? "error" : issue.level());
        content.put("thread", issue == null ? "rule-" + told.rule().id() : "issue-" + issue.id());
        forms.putFields(content.putArray("fields"));
        switch (target.type()) {
            case WEBHOOK -> content.set("lean", forms.lean());
            case SENTRY_WEBHOOK -> content.set("sentry", forms.sentry());
            case SENTRY_PLUGIN -> content.set("plugin", forms.plugin());
            case EMAIL, USER, TEAM, ASSIGNEE, SLACK, MATTERMOST, DISCORD, MS_TEAMS -> {}
        }
        return content;
    }

    /** Templates are checked before they are kept. Should a release understand one no longer, the usual text is sent. */
    private static AlertTemplate template(Told told, @Nullable String text, AlertTemplate usual) {
        if (text == null || text.isBlank()) {
            return usual;
        }
        try {
            return AlertTemplate.parse(text);
        } catch (MalformedTemplateException e) {
            LOG.atError()
                    .addKeyValue("projectId", told.rule().projectId())
                    .addKeyValue("ruleId", told.rule().id())
                    .addKeyValue("error", e.getMessage())
                    .log("A template of an alert rule cannot be used; the usual text is sent");
            return usual;
        }
    }
}
