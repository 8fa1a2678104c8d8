package dev.resentry.query.agent;

import dev.resentry.model.event.Breadcrumb;
import dev.resentry.model.event.Event;
import dev.resentry.model.event.Timestamp;
import dev.resentry.query.agent.AgentIssue.Crumb;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What led to an event: the last breadcrumbs, those that repeat told once, with the time until the event. */
final class BreadcrumbTrail {
    private BreadcrumbTrail() {}

    /** Breadcrumbs that say the same in a row. */
    private record Run(Breadcrumb breadcrumb, String message, int times) {
        boolean isSame(Breadcrumb other, String otherMessage) {
            return message.equals(otherMessage)
                    && breadcrumb.category().equals(other.category())
                    && breadcrumb.level() == other.level();
        }
    }

    static List<Crumb> of(Event event, Instant occurredAt, AgentDetail detail) {
        List<Run> runs = new ArrayList<>();
        for (Breadcrumb breadcrumb : event.breadcrumbs()) {
            String message = EventText.line(message(breadcrumb), detail.valueBytes() * 2);
            Run before = runs.isEmpty() ? null : runs.getLast();
            if (before != null && before.isSame(breadcrumb, message)) {
                runs.set(runs.size() - 1, new Run(breadcrumb, message, before.times() + 1));
            } else {
                runs.add(new Run(breadcrumb, message, 1));
            }
        }
        return told(runs.subList(Math.max(0, runs.size() - detail.breadcrumbs()), runs.size()), occurredAt, detail);
    }

    private static List<Crumb> told(List<Run> runs, Instant occurredAt, AgentDetail detail) {
        Set<String> kinds = new HashSet<>();
        List<Crumb> newestFirst = new ArrayList<>();
        for (Run run : runs.reversed()) {
            String kind = kind(run.breadcrumb());
            String category = run.breadcrumb().category();
            newestFirst.add(new Crumb(
                    seconds(run.breadcrumb(), occurredAt),
                    category.isEmpty() ? null : EventText.line(category, detail.valueBytes()),
                    run.message(),
                    run.breadcrumb().level().wireName(),
                    run.times(),
                    kind != null && kinds.add(kind) ? kind : null));
        }
        return newestFirst.reversed();
    }

    private static @Nullable Double seconds(Breadcrumb breadcrumb, Instant occurredAt) {
        Instant at = Timestamp.read(breadcrumb.json().path("timestamp"));
        return at == null
                ? null
                : Double.valueOf(Math.round(Duration.between(at, occurredAt).toMillis() / 10.0) / 100.0);
    }

    /** Breadcrumbs of requests and of navigation say in their data what they are about. */
    private static String message(Breadcrumb breadcrumb) {
        JsonNode data = breadcrumb.json().path("data");
        String message = breadcrumb.message();
        if (!message.isEmpty() || !data.isObject() || data.isEmpty()) {
            return message;
        }
        if (data.path("url").isString()) {
            return "%s %s %s"
                    .formatted(
                            data.path("method").asString(""),
                            data.path("url").asString(),
                            data.path("status_code").asString(""))
                    .strip();
        }
        if (data.path("to").isString()) {
            return "%s → %s"
                    .formatted(data.path("from").asString(""), data.path("to").asString());
        }
        return data.toString();
    }

    private static @Nullable String kind(Breadcrumb breadcrumb) {
        String type = breadcrumb.json().path("type").asString("").toLowerCase(Locale.ROOT);
        String category = breadcrumb.category().toLowerCase(Locale.ROOT);
        if (type.equals("http") || category.contains("http") || category.equals("fetch") || category.equals("xhr")) {
            return "http";
        }
        if (type.equals("query") || category.equals("query") || category.contains("sql") || category.startsWith("db")) {
            return "query";
        }
        return type.equals("navigation") || category.equals("navigation") ? "navigation" : null;
    }
}
