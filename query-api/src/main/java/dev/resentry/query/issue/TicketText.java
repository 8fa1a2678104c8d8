package dev.resentry.query.issue;

import dev.resentry.storage.issue.StoredIssue;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a new ticket of an issue says, in the Markdown of all providers. */
final class TicketText {
    private TicketText() {}

    /** What SDKs sent stands in code, where it can neither mention people nor be a link. */
    static String body(StoredIssue issue, URI address) {
        List<String> facts = new ArrayList<>();
        add(facts, "Where", issue.culprit());
        add(facts, "Level", issue.level());
        facts.add("- Events: %d, users: %d".formatted(issue.eventCount(), issue.usersAffected()));
        facts.add("- First seen: %s, last seen: %s".formatted(issue.firstSeen(), issue.lastSeen()));
        add(facts, "First release", issue.firstRelease());
        add(facts, "Last release", issue.lastRelease());
        return "%s\n\n%s: <%s>\n\n%s\n"
                .formatted(
                        code(issue.title()),
                        issue.shortId(),
                        address,
                        facts.stream().collect(Collectors.joining("\n")));
    }

    private static void add(List<String> facts, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            facts.add("- %s: %s".formatted(name, code(value)));
        }
    }

    private static String code(String text) {
        return "`" + text.replaceAll("[`\\p{Cntrl}]+", " ").strip() + "`";
    }
}
