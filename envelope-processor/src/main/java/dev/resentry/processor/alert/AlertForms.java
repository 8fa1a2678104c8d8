package dev.resentry.processor.alert;

import dev.resentry.model.event.Frame;
import dev.resentry.model.event.Stacktraces;
import dev.resentry.model.wire.ProcessedRecord.EventSummary;
import dev.resentry.processing.alert.AlertIssue;
import dev.resentry.processing.alert.AlertValues.ShownEvent;
import dev.resentry.processor.alert.AlertNotices.Told;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What is told, in the forms that programs read. */
final class AlertForms {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int FRAMES = 5;

    private final AlertLinks links;
    private final Told told;

    AlertForms(AlertLinks links, Told told) {
        this.links = links;
        this.told = told;
    }

    /** What chats show beside the text. */
    void putFields(ArrayNode fields) {
        field(fields, "Why", told.reason().text());
        field(fields, "Project", told.project().name());
        AlertIssue issue = told.issue();
        if (issue != null) {
            field(fields, "Culprit", issue.culprit());
            field(fields, "Events", Long.toString(issue.events()));
            field(fields, "Users", Long.toString(issue.users()));
        }
        ShownEvent event = told.event();
        if (event != null) {
            field(fields, "Environment", event.summary().environment());
            field(fields, "Release", event.summary().release());
        }
    }

    private static void field(ArrayNode fields, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            fields.addObject().put("name", name).put("value", value);
        }
    }

    /** Our own form. */
    ObjectNode lean() {
        ObjectNode lean = JSON.createObjectNode().put("type", "alert");
        lean.putObject("rule")
                .put("id", told.rule().id())
                .put("name", told.rule().rule().name())
                .put("url", links.rule(told.rule().id()));
        lean.put("reason", told.reason().text());
        lean.put("observed", told.reason().observed());
        lean.put("fired_at", told.at().toString());
        lean.putObject("project")
                .put("id", told.project().id())
                .put("slug", told.project().slug())
                .put("name", told.project().name());
        AlertIssue issue = told.issue();
        if (issue != null) {
            lean.putObject("issue")
                    .put("id", issue.id())
                    .put("short_id", issue.shortId())
                    .put("title", issue.title())
                    .put("culprit", issue.culprit())
                    .put("level", issue.level())
                    .put("status", issue.status())
                    .put("first_seen", issue.firstSeen().toString())
                    .put("last_seen", issue.lastSeen().toString())
                    .put("events", issue.events())
                    .put("users", issue.users())
                    .put("url", links.issue(issue.id()));
        }
        ShownEvent event = told.event();
        if (event != null) {
            put(lean.putObject("event"), event);
        }
        return lean;
    }

    private static void put(ObjectNode json, ShownEvent event) {
        EventSummary summary = event.summary();
        json.put("id", event.id().toString())
                .put("title", summary.title())
                .put("culprit", summary.culprit())
                .put("level", summary.level())
                .put("platform", summary.platform())
                .put("environment", summary.environment())
                .put("release", summary.release())
                .put("time", summary.occurredAt().toString())
                .put("url", event.url());
        if (event.json() == null) {
            return;
        }
        ArrayNode fingerprint = json.putArray("fingerprint");
        event.json().fingerprint().forEach(fingerprint::add);
        ArrayNode frames = json.putArray("frames");
        List<Frame> nearestFirst = Stacktraces.main(event.json()).frames().reversed();
        List<Frame> own = nearestFirst.stream().filter(Frame::isInApp).toList();
        // Where it happened, never what variables held.
        (own.isEmpty() ? nearestFirst : own)
                .stream()
                        .limit(FRAMES)
                        .forEach(frame -> frames.addObject()
                                .put("function", frame.function())
                                .put("module", frame.module())
                                .put("file", frame.filename())
                                .put("line", frame.line()));
    }

    /** The form of Sentry's integration platform (web API, section 5). */
    ObjectNode sentry() {
        ObjectNode sentry =
                JSON.createObjectNode().put("resource", "event_alert").put("action", "triggered");
        ObjectNode data = sentry.putObject("data");
        data.set("event", event());
        data.put("triggered_rule", told.rule().rule().name());
        data.putObject("issue_alert")
                .put("id", told.rule().id())
                .put("title", told.rule().rule().name())
                .putArray("settings");
        sentry.putObject("actor").put("type", "application").put("id", "sentry").put("name", "Sentry");
        return sentry;
    }

    /** The form of Sentry's old webhooks plugin. */
    ObjectNode plugin() {
        AlertIssue issue = told.issue();
        ObjectNode plugin = JSON.createObjectNode()
                .put("id", Long.toString(told.issueId()))
                .put("project", told.project().slug())
                .put("project_name", told.project().name())
                .put("project_slug", told.project().slug())
                .put("level", issue == null ? "error" : issue.level())
                .put("culprit", issue == null ? "" : issue.culprit())
                .put("message", issue == null ? told.reason().text() : issue.title())
                .put("url", issue == null ? links.rule(told.rule().id()) : links.issue(issue.id()));
        plugin.put(
                "logger",
                told.event() == null || told.event().json() == null
                        ? ""
                        : told.event().json().logger());
        plugin.putArray("triggering_rules").add(told.rule().rule().name());
        plugin.set("event", event());
        return plugin;
    }

    /** The stored event with what Sentry adds. */
    private ObjectNode event() {
        ShownEvent event = told.event();
        ObjectNode json = event != null && event.json() != null && event.json().json() instanceof ObjectNode stored
                ? stored.deepCopy()
                : JSON.createObjectNode();
        json.put("project", told.project().id());
        AlertIssue issue = told.issue();
        if (issue == null || event == null) {
            return json.put("title", told.project().name())
                    .put("message", told.reason().text())
                    .put("web_url", links.rule(told.rule().id()));
        }
        EventSummary summary = event.summary();
        ArrayNode tags = json.putArray("tags");
        summary.tags().forEach((key, value) -> tags.addArray().add(key).add(value));
        return json.put("event_id", event.id().toString())
                .put("id", event.id().toString())
                .put("title", summary.title())
                .put("culprit", summary.culprit())
                .put("level", summary.level())
                .put("platform", summary.platform())
                .put("release", summary.release())
                .put("environment", summary.environment())
                .put("datetime", summary.occurredAt().toString())
                .put("issue_id", Long.toString(issue.id()))
                .put("url", links.eventOfApi(told.project().slug(), event.id()))
                .put("web_url", event.url())
                .put("issue_url", links.issueOfApi(issue.id()));
    }
}
