package dev.resentry.storage.search;

import static dev.resentry.storage.search.SearchField.column;
import static dev.resentry.storage.search.SearchField.computed;

import java.util.List;
import java.util.stream.Stream;

/** The fields of issues {@code i}. */
final class IssueFields {
    private static final String PRIORITY = """
        coalesce(i.priority, CASE WHEN i.level = 'fatal' OR (i.level = 'error' AND i.is_unhandled) THEN 'high'
                                  WHEN i.level IN ('error', 'warning') THEN 'medium' ELSE 'low' END)\
        """;

    /** Those of all lists in which there are issues. */
    static final List<SearchField> ALL = Stream.of(
                    computed(SearchKind.WORD, new IssueStateTerms(), "is").withWords(IssueStateTerms.WORDS),
                    computed(
                                    SearchKind.ASSIGNEE,
                                    new AssigneeTerms(),
                                    "assigned",
                                    "assigned_to",
                                    "assigned_or_suggested")
                            .withWords(AssigneeTerms.WORDS),
                    computed(SearchKind.WORD, new StatusTerms(), "status").withWords(StatusTerms.WORDS),
                    column(SearchKind.WORD, "i.substatus", "substatus").withWords(StatusTerms.SUBSTATUS_WORDS),
                    date("first_seen", "i.first_seen", "min(h.hour)", "firstSeen", "age"),
                    date("last_seen", "i.last_seen", "max(h.hour)", "lastSeen"),
                    computed(
                            SearchKind.NUMBER,
                            new EnvironmentTotalTerms(SearchKind.NUMBER, "i.event_count", "coalesce(sum(h.events), 0)"),
                            "times_seen",
                            "timesSeen"),
                    column(SearchKind.NUMBER, "i.users_affected", "users_seen", "usersSeen"),
                    computed(
                                    SearchKind.TEXT,
                                    new ReleaseTerms("i.first_release", "i.project_id"),
                                    "first_release",
                                    "firstRelease")
                            .withWords(List.of(ReleaseTerms.LATEST)),
                    computed(SearchKind.TEXT, new RegressionTerms(), "regressed_in_release", "regressed_in")
                            .withWords(List.of(ReleaseTerms.LATEST)),
                    column(SearchKind.TEXT, "'error'::text", "issue.category"),
                    column(SearchKind.TEXT, "'error'::text", "issue.type"),
                    column(SearchKind.WORD, PRIORITY, "issue.priority", "priority")
                            .withWords(List.of("high", "medium", "low")))
            .map(SearchField::onIssue)
            .toList();

    /** Those that events have on their own. */
    static final List<SearchField> OWN = Stream.of(
                    computed(SearchKind.TEXT, new IdTerms("i.id", IdTerms.Of.ISSUE), "issue", "issue.id"),
                    computed(
                            SearchKind.TEXT,
                            new IdTerms("i.project_id", IdTerms.Of.PROJECT),
                            "project",
                            "project.id",
                            "project.name"))
            .map(SearchField::onIssue)
            .toList();

    private IssueFields() {}

    private static SearchField date(String name, String column, String inEnvironments, String... aliases) {
        return computed(
                SearchKind.DATE, new EnvironmentTotalTerms(SearchKind.DATE, column, inEnvironments), name, aliases);
    }
}
