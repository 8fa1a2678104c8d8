package dev.resentry.processing.alert;

import java.util.List;

/** The names that templates may use. */
public final class TemplateNames {
    /** Before the key of a tag. */
    public static final String TAGS = "event.tags.";

    public static final List<String> ALL = List.of(
            "rule.name",
            "rule.url",
            "reason",
            "project.id",
            "project.slug",
            "project.name",
            "issue.id",
            "issue.short_id",
            "issue.title",
            "issue.culprit",
            "issue.level",
            "issue.status",
            "issue.assignee",
            "issue.first_seen",
            "issue.last_seen",
            "issue.events",
            "issue.users",
            "issue.url",
            "event.id",
            "event.title",
            "event.culprit",
            "event.message",
            "event.level",
            "event.platform",
            "event.environment",
            "event.release",
            "event.time",
            "event.transaction",
            "event.url",
            "event.exception.type",
            "event.exception.value",
            "event.request.method",
            "event.request.url",
            "event.user.id",
            "event.user.email",
            "event.user.username",
            "event.user.ip_address");

    private TemplateNames() {}

    static boolean contains(String name) {
        return ALL.contains(name) || (name.startsWith(TAGS) && name.length() > TAGS.length());
    }
}
