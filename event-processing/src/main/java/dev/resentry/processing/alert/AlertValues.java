package dev.resentry.processing.alert;

import dev.resentry.model.event.Event;
import dev.resentry.model.event.EventId;
import dev.resentry.model.event.ExceptionValue;
import dev.resentry.model.wire.ProcessedRecord.EventSummary;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The values behind {@link TemplateNames}; what there is not has none. */
public final class AlertValues {
    private final Map<String, String> values = new LinkedHashMap<>();

    /** A project as notifications name it. */
    public record Project(long id, String slug, String name) {}

    /**
     * An event with its address.
     *
     * @param json the whole event; null if its payload is not kept
     */
    public record ShownEvent(
            EventId id, EventSummary summary, @Nullable Event json, String url) {}

    /**
     * @param ruleUrl where people look at the rule
     * @param reason why it fired, in words
     */
    public AlertValues(String rule, String ruleUrl, String reason, Project project) {
        put("rule.name", rule);
        put("rule.url", ruleUrl);
        put("reason", reason);
        put("project.id", Long.toString(project.id()));
        put("project.slug", project.slug());
        put("project.name", project.name());
    }

    public AlertValues with(AlertIssue issue, String url) {
        put("issue.id", Long.toString(issue.id()));
        put("issue.short_id", issue.shortId());
        put("issue.title", issue.title());
        put("issue.culprit", issue.culprit());
        put("issue.level", issue.level());
        put("issue.status", issue.status());
        put("issue.assignee", issue.assigneeName());
        put("issue.first_seen", issue.firstSeen().toString());
        put("issue.last_seen", issue.lastSeen().toString());
        put("issue.events", Long.toString(issue.events()));
        put("issue.users", Long.toString(issue.users()));
        put("issue.url", url);
        return this;
    }

    public AlertValues with(ShownEvent event) {
        EventSummary summary = event.summary();
        put("event.id", event.id().toString());
        put("event.url", event.url());
        put("event.title", summary.title());
        put("event.culprit", summary.culprit());
        put("event.level", summary.level());
        put("event.platform", summary.platform());
        put("event.environment", summary.environment());
        put("event.release", summary.release());
        put("event.time", summary.occurredAt().toString());
        summary.tags().forEach((key, value) -> put(TemplateNames.TAGS + key, value));
        if (event.json() != null) {
            put(event.json());
        }
        return this;
    }

    private void put(Event event) {
        put("event.message", event.logEntry().formatted());
        put("event.transaction", event.transaction());
        put("event.request.url", event.request().url());
        put("event.request.method", event.json().path("request").path("method").asString(""));
        for (String field : new String[] {"id", "email", "username", "ip_address"}) {
            put("event.user." + field, event.json().path("user").path(field).asString(""));
        }
        ExceptionValue exception = event.exceptions().main().orElse(null);
        if (exception != null) {
            put("event.exception.type", exception.type());
            put("event.exception.value", exception.value());
        }
    }

    private void put(String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            values.put(name, value);
        }
    }

    public Map<String, String> asMap() {
        return Map.copyOf(values);
    }

    /** Values of an issue that never was, for previews of templates where there is no event yet. */
    public static Map<String, String> example() {
        Instant at = Instant.parse("2026-01-02T03:04:05Z");
        var summary = new EventSummary(
                42,
                at,
                "error",
                "java",
                "IllegalStateException: the cart is empty",
                "shop.Cart in checkout",
                "shop@1.2.3",
                "production",
                Map.of("browser", "Firefox 140", "server_name", "web-1"));
        var issue = new AlertIssue(
                42,
                "SHOP-16",
                summary.title(),
                summary.culprit(),
                "error",
                "unresolved",
                "new",
                at,
                at,
                11,
                3,
                null,
                null,
                Set.of());
        return new AlertValues(
                        "Many events",
                        "https://resentry.example/ui/",
                        "11 events in 5 minutes (more than 10)",
                        new Project(1, "shop", "Shop"))
                .with(issue, "https://resentry.example/ui/issues/42")
                .with(new ShownEvent(
                        EventId.parse("00000000000000000000000000000042").orElseThrow(),
                        summary,
                        null,
                        "https://resentry.example/ui/issues/42/events/latest"))
                .asMap();
    }
}
