package dev.resentry.processor.webhook;

import dev.resentry.model.wire.ProcessedRecord;
import dev.resentry.model.wire.ProcessedRecord.AlertFired;
import dev.resentry.model.wire.ProcessedRecord.DataChange;
import dev.resentry.model.wire.ProcessedRecord.IssueActivity;
import dev.resentry.model.wire.ProcessedRecord.ItemStored;
import dev.resentry.model.wire.ProcessedRecord.ReleaseActivity;
import dev.resentry.storage.issue.IssueActivityEntry;
import dev.resentry.storage.issue.StoredIssue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a webhook is told, in words and in our own form; {@link SentryContent} has the others. */
final class WebhookContent {
    private final WebhookLinks links;
    private final SentryContent sentry;

    WebhookContent(WebhookLinks links) {
        this.links = links;
        this.sentry = new SentryContent(links);
    }

    /** The content of a delivery ({@code storage.delivery.NewDelivery}). */
    ObjectNode of(Happening what) {
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        content.put("subject", subject(what)).put("text", subject(what));
        content.putObject("link").put("url", link(what)).put("title", title(what));
        content.set("lean", lean(what));
        content.set("sentry", sentry.sentry(what));
        content.set("plugin", sentry.plugin(what));
        return content;
    }

    /** In one line. */
    static String subject(Happening what) {
        String by = what.by();
        return "[%s] %s: %s%s"
                .formatted(what.project().slug(), words(what), title(what), by == null ? "" : " (by " + by + ")");
    }

    private static String words(Happening what) {
        String word = what.event().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    static String title(Happening what) {
        return switch (what.record()) {
            case IssueActivity activity ->
                what.issue() == null ? activity.title() : what.issue().title();
            case ReleaseActivity release ->
                release.environment() == null ? release.version() : release.version() + " to " + release.environment();
            case AlertFired alert -> alert.ruleName() + ": " + alert.title();
            case ItemStored item -> item.itemType();
            case DataChange _ -> "";
        };
    }

    String link(Happening what) {
        StoredIssue issue = what.issue();
        if (issue != null) {
            return links.issue(issue.id());
        }
        long project = what.project().id();
        return what.record() instanceof ReleaseActivity ? links.releasesOf(project) : links.issuesOf(project);
    }

    private ObjectNode lean(Happening what) {
        ProcessedRecord record = what.record();
        ObjectNode lean = JsonNodeFactory.instance.objectNode();
        lean.put("event", what.event().wireName())
                .put("id", record.origin().id().toString())
                .put("at", record.origin().at().toString());
        lean.putObject("project")
                .put("id", what.project().id())
                .put("slug", what.project().slug())
                .put("name", what.project().name());
        ObjectNode actor = lean.putObject("actor");
        String by = what.by();
        actor.put("type", by == null ? "system" : "user").put("email", by);
        IssueActivityEntry entry = what.entry();
        if (entry != null) {
            actor.put("name", entry.actorName());
        }
        if (what.issue() != null) {
            lean.set("issue", issue(what.issue()));
        }
        if (entry != null && record instanceof IssueActivity activity) {
            putEntry(lean, entry, what, activity);
        }
        switch (record) {
            case ReleaseActivity release -> putRelease(lean, release);
            case AlertFired alert ->
                lean.putObject("alert")
                        .put("id", alert.firingId())
                        .put("rule_id", alert.ruleId())
                        .put("rule", alert.ruleName())
                        .put("reason", alert.reason())
                        .put(
                                "event_id",
                                alert.eventId() == null ? null : alert.eventId().toString());
            case IssueActivity _, ItemStored _, DataChange _ -> {}
        }
        return lean;
    }

    private static void putEntry(ObjectNode lean, IssueActivityEntry entry, Happening what, IssueActivity activity) {
        if (activity.kind() == IssueActivity.Kind.COMMENTED) {
            lean.putObject("comment").put("id", entry.id()).put("text", what.comment());
        } else {
            // How it was before and is since.
            lean.set("change", what.data());
        }
    }

    private static void putRelease(ObjectNode lean, ReleaseActivity release) {
        lean.putObject("release").put("version", release.version());
        if (release.step() == ReleaseActivity.Step.DEPLOYED) {
            lean.putObject("deployment")
                    .put("id", release.deploymentId())
                    .put("environment", release.environment())
                    .put("url", release.url());
        }
    }

    private ObjectNode issue(StoredIssue issue) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", issue.id())
                .put("short_id", issue.shortId().toString())
                .put("title", issue.title())
                .put("culprit", issue.culprit())
                .put("level", issue.level())
                .put("platform", issue.platform())
                .put("status", issue.status())
                .put("substatus", substatus(issue))
                .put("first_seen", issue.firstSeen().toString())
                .put("last_seen", issue.lastSeen().toString())
                .put("events", issue.eventCount())
                .put("users", issue.usersAffected())
                .put("url", links.issue(issue.id()));
        StoredIssue.Assignee assignee = issue.assignee();
        if (assignee == null) {
            json.putNull("assignee");
        } else {
            json.putObject("assignee")
                    .put("id", assignee.id())
                    .put("name", assignee.name())
                    .put("email", assignee.email());
        }
        return json;
    }

    static @Nullable String substatus(StoredIssue issue) {
        return issue.state().substatus() == null
                ? null
                : issue.state().substatus().wireName();
    }
}
