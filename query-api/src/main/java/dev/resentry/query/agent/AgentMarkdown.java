package dev.resentry.query.agent;

import dev.resentry.query.agent.AgentIssue.Crumb;
import dev.resentry.query.agent.AgentIssue.NamedValue;
import dev.resentry.query.agent.AgentIssue.StackEntry;
import dev.resentry.query.agent.AgentIssue.Suspect;
import dev.resentry.query.agent.AgentIssue.ThrownError;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes an issue for agents as Markdown. Outside of its fences stands nothing that an event said. */
final class AgentMarkdown {
    private final StringBuilder out = new StringBuilder();

    private AgentMarkdown() {}

    static String of(AgentIssue issue) {
        var markdown = new AgentMarkdown();
        markdown.write(issue);
        return markdown.out.toString();
    }

    private void write(AgentIssue issue) {
        out.append("# Issue ")
                .append(issue.id())
                .append("\n\n")
                .append(issue.notice())
                .append("\n");
        section("Summary", issue.summary(), this::summary);
        if (issue.eventId() != null) {
            out.append("\nEvent: ").append(issue.eventId()).append('\n');
        }
        section("Errors, root cause first", issue.errors(), this::errors);
        section("Variables of the top frame", issue.variables(), this::values);
        section("Breadcrumbs, oldest first", issue.breadcrumbs(), this::breadcrumbs);
        section("What varies", issue.variation(), this::variation);
        section("Suspect commits", issue.suspects(), this::suspects);
        section("Grouping", issue.grouping(), this::grouping);
        section("Reproduction", issue.reproduction(), this::reproduction);
        if (!issue.leftOut().isEmpty()) {
            out.append("\nLeft out for want of room: ")
                    .append(String.join(", ", issue.leftOut()))
                    .append(".\n");
        }
        if (issue.shortened()) {
            out.append("\nThis is shortened: ask with sections= and frames= for more.\n");
        }
    }

    private <T> void section(String heading, @Nullable T part, Consumer<T> body) {
        if (part == null || (part instanceof List<?> list && list.isEmpty())) {
            return;
        }
        out.append("\n## ").append(heading).append("\n\n");
        body.accept(part);
    }

    private void summary(AgentIssue.Summary summary) {
        var text = new StringBuilder();
        line(text, "short id", summary.shortId());
        line(text, "title", summary.title());
        line(text, "culprit", summary.culprit());
        line(text, "project", summary.project());
        line(text, "level", summary.level());
        line(
                text,
                "status",
                summary.substatus() == null ? summary.status() : summary.status() + ", " + summary.substatus());
        line(text, "priority", summary.priority());
        line(text, "first seen", summary.firstSeen().toString());
        line(text, "last seen", summary.lastSeen().toString());
        line(text, "events", Long.toString(summary.events()));
        line(text, "users", Long.toString(summary.users()));
        line(text, "last release without it", summary.lastGoodRelease());
        line(text, "first release", summary.firstRelease());
        line(text, "last release", summary.lastRelease());
        line(text, "environments", String.join(", ", summary.environments()));
        line(text, "platform", summary.platform());
        fence(text);
        out.append(summary.permalink()).append('\n');
    }

    private void errors(List<ThrownError> errors) {
        var text = new StringBuilder();
        for (ThrownError error : errors) {
            text.append(error.type() == null ? "(no exception)" : error.type());
            if (error.value() != null) {
                text.append(": ").append(error.value());
            }
            if (Boolean.FALSE.equals(error.handled())) {
                text.append(" [unhandled]");
            }
            if (error.symbolicated()) {
                text.append(" [symbolicated]");
            }
            text.append('\n');
            error.stack().forEach(entry -> frame(text, entry));
        }
        fence(text);
    }

    private static void frame(StringBuilder text, StackEntry entry) {
        if (entry.libraryFrames() != null) {
            text.append("  … ").append(entry.libraryFrames()).append(" more frames\n");
            return;
        }
        text.append("  at ").append(entry.function() == null ? "?" : entry.function());
        if (entry.path() != null) {
            text.append(" (").append(entry.path());
            if (entry.line() != null) {
                text.append(':').append(entry.line());
            }
            text.append(')');
        }
        text.append('\n');
        if (entry.source() != null) {
            entry.source().forEach(line -> text.append("    ").append(line).append('\n'));
        }
    }

    private void values(List<NamedValue> values) {
        var text = new StringBuilder();
        values.forEach(value -> line(text, value.name(), value.value()));
        fence(text);
    }

    private void breadcrumbs(List<Crumb> breadcrumbs) {
        var text = new StringBuilder();
        for (Crumb crumb : breadcrumbs) {
            text.append(crumb.seconds() == null ? "?" : String.format(Locale.ROOT, "%.2fs", -crumb.seconds()));
            text.append(' ').append(crumb.level());
            if (crumb.category() != null) {
                text.append(" [").append(crumb.category()).append(']');
            }
            text.append(' ').append(crumb.message());
            if (crumb.times() > 1) {
                text.append(" (").append(crumb.times()).append(" times)");
            }
            if (crumb.last() != null) {
                text.append(" <- last ").append(crumb.last()).append(" before the crash");
            }
            text.append('\n');
        }
        fence(text);
    }

    private void variation(AgentIssue.Variation variation) {
        var text = new StringBuilder();
        text.append("of the last ").append(variation.events()).append(" events\n");
        variation
                .varying()
                .forEach(varying -> line(
                        text,
                        "varies: %s, %d values".formatted(varying.name(), varying.distinct()),
                        String.join(", ", varying.examples())));
        variation.constant().forEach(same -> line(text, "always: " + same.name(), same.value()));
        fence(text);
    }

    private void suspects(List<Suspect> suspects) {
        var text = new StringBuilder();
        for (Suspect suspect : suspects) {
            text.append(suspect.id());
            append(text, " ", suspect.message());
            append(text, "\n  by ", suspect.author());
            append(text, ", ", suspect.committedAt());
            text.append("\n  because ").append(suspect.reason());
            append(text, "\n  ", suspect.url());
            text.append('\n');
        }
        fence(text);
    }

    private void grouping(AgentIssue.GroupedBy grouping) {
        var text = new StringBuilder();
        line(text, "by", "%s, %s".formatted(grouping.variant(), grouping.strategy()));
        line(text, "hash", grouping.hash());
        line(text, "rule", grouping.rule());
        grouping.hashed().forEach(part -> line(text, "hashed", part));
        grouping.similar()
                .forEach(similar -> line(
                        text,
                        "similar",
                        String.format(
                                Locale.ROOT,
                                "%d %s (%.2f) %s",
                                similar.id(),
                                similar.shortId(),
                                similar.score(),
                                similar.title())));
        fence(text);
    }

    private void reproduction(AgentIssue.Reproduction reproduction) {
        var text = new StringBuilder();
        line(text, "method", reproduction.method());
        line(text, "route", reproduction.route());
        line(text, "url", reproduction.url());
        line(text, "curl", reproduction.curl());
        fence(text);
    }

    private static void line(StringBuilder text, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            text.append(name).append(": ").append(value).append('\n');
        }
    }

    private static void append(StringBuilder text, String before, @Nullable Object value) {
        if (value != null) {
            text.append(before).append(value);
        }
    }

    private void fence(StringBuilder text) {
        out.append(DataFence.around(text.toString()));
    }
}
