package dev.resentry.processor.webhook;

import dev.resentry.model.event.EventId;
import dev.resentry.model.issue.state.IssueState;
import dev.resentry.model.issue.state.Resolution;
import dev.resentry.model.wire.ProcessedRecord.AlertFired;
import dev.resentry.model.wire.ProcessedRecord.DataChange;
import dev.resentry.model.wire.ProcessedRecord.IssueActivity;
import dev.resentry.model.wire.ProcessedRecord.ItemStored;
import dev.resentry.model.wire.ProcessedRecord.ReleaseActivity;
import dev.resentry.storage.issue.IssueActivityEntry;
import dev.resentry.storage.issue.StoredIssue;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What is told in Sentry's forms (web API, section 5): numbers are whole, so that receivers who write it again write the same. */
final class SentryContent {
    private final WebhookLinks links;

    SentryContent(WebhookLinks links) {
        this.links = links;
    }

    /** That of the integration platform. Sentry has none for releases and deployments, so those are named as the others are. */
    ObjectNode sentry(Happening what) {
        ObjectNode sentry = JsonNodeFactory.instance.objectNode();
        sentry.put("resource", resource(what)).put("action", action(what));
        ObjectNode data = sentry.putObject("data");
        switch (what.record()) {
            case IssueActivity activity -> putIssue(data, what, activity);
            case AlertFired alert -> {
                data.set("event", event(what, alert));
                data.put("triggered_rule", alert.ruleName());
                data.putObject("issue_alert")
                        .put("id", String.valueOf(alert.ruleId()))
                        .put("title", alert.ruleName())
                        .putArray("settings");
            }
            case ReleaseActivity release -> putRelease(data, what, release);
            case ItemStored _, DataChange _ -> {}
        }
        sentry.set("actor", actor(what));
        return sentry;
    }

    private static String resource(Happening what) {
        return switch (what.event()) {
            case ISSUE_CREATED, ISSUE_RESOLVED, ISSUE_REGRESSED, ISSUE_UNRESOLVED, ISSUE_ASSIGNED, ISSUE_IGNORED ->
                "issue";
            case COMMENT_CREATED -> "comment";
            case ALERT_FIRED -> "event_alert";
            case RELEASE_CREATED -> "release";
            case DEPLOYMENT_CREATED -> "deployment";
        };
    }

    private static String action(Happening what) {
        return switch (what.event()) {
            case ISSUE_RESOLVED -> "resolved";
            case ISSUE_REGRESSED, ISSUE_UNRESOLVED -> "unresolved";
            case ISSUE_ASSIGNED -> "assigned";
            case ISSUE_IGNORED -> "archived";
            case ALERT_FIRED -> "triggered";
            case ISSUE_CREATED, COMMENT_CREATED, RELEASE_CREATED, DEPLOYMENT_CREATED -> "created";
        };
    }

    private void putIssue(ObjectNode data, Happening what, IssueActivity activity) {
        StoredIssue issue = what.issue();
        IssueActivityEntry entry = what.entry();
        if (activity.kind() == IssueActivity.Kind.COMMENTED && entry != null) {
            data.put("comment_id", entry.id())
                    .put("issue_id", activity.issueId())
                    .put("project_slug", what.project().slug())
                    .put("timestamp", entry.at().toString())
                    .put("comment", what.comment());
        } else if (issue != null) {
            data.set("issue", issue(issue));
        }
    }

    private static void putRelease(ObjectNode data, Happening what, ReleaseActivity release) {
        ObjectNode json = data.putObject(release.step() == ReleaseActivity.Step.CREATED ? "release" : "deployment");
        json.put("version", release.version()).put("project", what.project().slug());
        if (release.step() == ReleaseActivity.Step.DEPLOYED) {
            json.put("id", String.valueOf(release.deploymentId()))
                    .put("environment", release.environment())
                    .put("url", release.url());
        }
    }

    private static ObjectNode actor(Happening what) {
        ObjectNode actor = JsonNodeFactory.instance.objectNode();
        String by = what.by();
        if (by == null) {
            return actor.put("type", "application").put("id", "sentry").put("name", "Sentry");
        }
        IssueActivityEntry entry = what.entry();
        actor.put("type", "user");
        return entry == null
                ? actor.put("id", by).put("name", by)
                : actor.put("id", entry.actorId()).put("name", entry.actorName());
    }

    /** The issue as Sentry's API has it. */
    private ObjectNode issue(StoredIssue issue) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", String.valueOf(issue.id()))
                .put("shortId", issue.shortId().toString())
                .put("title", issue.title())
                .put("culprit", issue.culprit() == null ? "" : issue.culprit())
                .put("permalink", links.issue(issue.id()))
                .putNull("logger")
                .put("level", issue.level())
                .put("status", issue.status());
        json.set("statusDetails", statusDetails(issue));
        json.put("substatus", WebhookContent.substatus(issue))
                .put("isPublic", false)
                .put("platform", issue.platform() == null ? "other" : issue.platform())
                .set("project", project(issue.project()));
        json.put("type", "error").set("metadata", metadata(issue));
        json.put("numComments", issue.comments());
        assign(json, issue.assignee());
        json.put("isBookmarked", false)
                .put("isSubscribed", false)
                .put("hasSeen", false)
                .put("isUnhandled", issue.isUnhandled())
                .put("count", String.valueOf(issue.eventCount()))
                .put("userCount", issue.usersAffected())
                .put("firstSeen", issue.firstSeen().toString())
                .put("lastSeen", issue.lastSeen().toString())
                .put("priority", issue.priority().wireName())
                .put("url", links.issueOfApi(issue.id()))
                .put("web_url", links.issue(issue.id()))
                .put("project_url", links.issuesOf(issue.projectId()));
        return json;
    }

    private static ObjectNode project(StoredIssue.Project project) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", String.valueOf(project.id()))
                .put("name", project.name())
                .put("slug", project.slug())
                .put("platform", project.platform());
    }

    private static ObjectNode statusDetails(StoredIssue issue) {
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        if (issue.state() instanceof IssueState.Resolved resolved) {
            switch (resolved.resolution()) {
                case Resolution.InRelease(String version) -> details.put("inRelease", version);
                case Resolution.InNextRelease _ -> details.put("inNextRelease", true);
                case Resolution.InCommit(String commit, String repository) ->
                    details.putObject("inCommit").put("commit", commit).put("repository", repository);
                case Resolution.ByAge() -> details.put("autoResolved", true);
                case Resolution.Everywhere() -> {}
            }
        }
        return details;
    }

    private static ObjectNode metadata(StoredIssue issue) {
        ObjectNode metadata = JsonNodeFactory.instance.objectNode();
        String type = issue.errorType();
        return type != null && issue.title().startsWith(type + ": ")
                ? metadata.put("type", type).put("value", issue.title().substring(type.length() + 2))
                : metadata.put("title", issue.title());
    }

    private static void assign(ObjectNode json, StoredIssue.@Nullable Assignee assignee) {
        if (assignee == null) {
            json.putNull("assignedTo");
        } else {
            json.putObject("assignedTo")
                    .put("type", "user")
                    .put("id", String.valueOf(assignee.id()))
                    .put("name", assignee.name())
                    .put("email", assignee.email());
        }
    }

    /** What is known of the event that an alert is about; alert rules that have webhooks as targets send the whole one. */
    private ObjectNode event(Happening what, AlertFired alert) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        EventId id = alert.eventId();
        StoredIssue issue = what.issue();
        event.put("event_id", id == null ? null : id.toString())
                .put("project", what.project().id())
                .put("title", alert.title())
                .put("message", alert.reason())
                .put("datetime", alert.origin().at().toString());
        event.putArray("tags");
        if (issue != null) {
            event.put("level", issue.level())
                    .put("culprit", issue.culprit())
                    .put("platform", issue.platform())
                    .put("issue_id", String.valueOf(issue.id()))
                    .put("issue_url", links.issueOfApi(issue.id()))
                    .put("url", id == null ? links.issueOfApi(issue.id()) : links.eventOfApi(id))
                    .put("web_url", id == null ? links.issue(issue.id()) : links.event(issue.id(), id));
        }
        return event;
    }

    /** That of the old webhooks plugin. */
    ObjectNode plugin(Happening what) {
        ObjectNode plugin = JsonNodeFactory.instance.objectNode();
        StoredIssue issue = what.issue();
        plugin.put("id", issue == null ? "" : String.valueOf(issue.id()))
                .put("project", what.project().slug())
                .put("project_name", what.project().name())
                .put("project_slug", what.project().slug())
                .putNull("logger")
                .put("level", issue == null ? "info" : issue.level())
                .put("culprit", issue == null || issue.culprit() == null ? "" : issue.culprit())
                .put("message", WebhookContent.title(what))
                .put(
                        "url",
                        issue == null
                                ? links.issuesOf(what.project().id())
                                : links.issue(issue.id()) + "?referrer=webhooks_plugin");
        var rules = plugin.putArray("triggering_rules");
        ObjectNode event = plugin.putObject("event");
        event.put("title", WebhookContent.title(what)).putArray("tags");
        switch (what.record()) {
            case AlertFired alert -> {
                rules.add(alert.ruleName());
                putId(event, alert.eventId());
            }
            case IssueActivity activity -> putId(event, activity.eventId());
            case ReleaseActivity _, ItemStored _, DataChange _ -> {}
        }
        return plugin;
    }

    private static void putId(ObjectNode event, @Nullable EventId id) {
        if (id != null) {
            event.put("event_id", id.toString()).put("id", id.toString());
        }
    }
}
