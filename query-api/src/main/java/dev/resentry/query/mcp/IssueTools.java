package dev.resentry.query.mcp;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Scope;
import dev.resentry.query.agent.AgentIssues;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.issue.IssueAnswers;
import dev.resentry.query.issue.IssueChangeRequest;
import dev.resentry.query.issue.IssueChanges;
import dev.resentry.query.issue.IssueCursor;
import dev.resentry.query.issue.IssueFilterRequest;
import dev.resentry.query.issue.IssueSelection;
import dev.resentry.query.mcp.Tool.Parameter;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.query.search.Searches;
import dev.resentry.storage.Page;
import dev.resentry.storage.issue.IssueFilter;
import dev.resentry.storage.issue.IssueQueries;
import dev.resentry.storage.issue.IssueSort;
import dev.resentry.storage.issue.ListedIssue;
import dev.resentry.storage.issue.StoredIssue;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tools about issues. */
final class IssueTools {
    static final String ISSUE = "The issue's id (a number) or short id, such as WEB-1A";
    private static final int USUAL = 10;
    private static final int MOST = 25;

    private final IssueQueries issues;
    private final IssueSelection selection;
    private final IssueAnswers answers;
    private final IssueChanges changes;
    private final ProjectSelection projects;
    private final Searches searches;
    private final AgentIssues accounts;
    private final DataAnswers texts;
    private final JsonMapper json;
    private final InstantSource clock;

    IssueTools(
            IssueQueries issues,
            IssueSelection selection,
            IssueAnswers answers,
            IssueChanges changes,
            ProjectSelection projects,
            Searches searches,
            AgentIssues accounts,
            DataAnswers texts,
            JsonMapper json,
            InstantSource clock) {
        this.issues = issues;
        this.selection = selection;
        this.answers = answers;
        this.changes = changes;
        this.projects = projects;
        this.searches = searches;
        this.accounts = accounts;
        this.texts = texts;
        this.json = json;
        this.clock = clock;
    }

    List<Tool> all() {
        return List.of(
                new Tool(
                        "list_issues",
                        "List issues",
                        "Lists issues, each a group of events with one cause: {id, short_id, title, status, level, events, users, "
                                + "first_seen, last_seen, ...}. Filter with query in the search language, such as "
                                + "'is:unresolved level:error release:1.2.3 browser.name:Safari'; words without a key are looked for in titles.",
                        Scope.EVENT_READ,
                        true,
                        Tool.parameters(
                                "query",
                                Parameter.optional("string", "A query of the search language; absent for all issues"),
                                "project",
                                Parameter.texts("Slugs or ids of projects; absent for all that the token sees"),
                                "environment",
                                Parameter.texts("Names of environments; absent for all"),
                                "release",
                                Parameter.optional("string", "The version of a release of which they have events"),
                                "start",
                                Parameter.optional("string", "From when on events happened, as 2026-11-18T12:00:00Z"),
                                "end",
                                Parameter.optional("string", "Until when, likewise"),
                                "sort",
                                Parameter.words(
                                        "The greatest first; last_seen if absent",
                                        List.of("last_seen", "first_seen", "events", "users")),
                                "limit",
                                Parameter.optional("integer", "1 to 25 issues; 10 if absent"),
                                "cursor",
                                Parameter.optional("string", "From the answer before, for what comes behind it")),
                        this::list),
                new Tool(
                        "get_issue",
                        "Get an issue",
                        "Tells all that is known of one issue in 8 KiB of Markdown: summary, error chain (root cause first) with source "
                                + "lines, variables, breadcrumbs, what varies between its events, suspect commits, grouping, and how to "
                                + "reproduce it. Name sections or frames to get more of them (up to 64 KiB).",
                        Scope.EVENT_READ,
                        true,
                        Tool.parameters(
                                "issue",
                                Parameter.needed("string", ISSUE),
                                "sections",
                                Parameter.texts(
                                        "Of summary, errors, variables, breadcrumbs, variation, suspects, grouping, reproduction; absent for all"),
                                "frames",
                                Parameter.optional("integer", "How many frames at most, 1 to 200")),
                        (actor, arguments) -> accounts.markdown(
                                actor,
                                issue(actor, arguments).id(),
                                arguments.texts("sections"),
                                arguments.number("frames"))),
                new Tool(
                        "explain_grouping",
                        "Explain grouping",
                        "Says why the events of an issue are one issue: which frames, values or rule made its hash, and which other issues "
                                + "are most like it.",
                        Scope.EVENT_READ,
                        true,
                        Tool.parameters("issue", Parameter.needed("string", ISSUE)),
                        (actor, arguments) ->
                                accounts.markdown(actor, issue(actor, arguments).id(), List.of("grouping"), null)),
                new Tool(
                        "update_issue",
                        "Update an issue",
                        "Changes an issue: its status, who has it, or its priority; name at least one. Gives the issue as it is then. The "
                                + "change is written to the audit log in the name of the token.",
                        Scope.EVENT_WRITE,
                        false,
                        Tool.parameters(
                                "issue",
                                Parameter.needed("string", ISSUE),
                                "status",
                                Parameter.words(
                                        "What it is to be",
                                        List.of("unresolved", "resolved", "ignored", "resolvedInNextRelease")),
                                "assigned_to",
                                Parameter.optional("string", "The id of a user, or none for nobody"),
                                "priority",
                                Parameter.words("How soon somebody should look", List.of("low", "medium", "high"))),
                        this::update));
    }

    private String list(Actor actor, ToolArguments arguments) {
        IssueFilter filter = new IssueFilterRequest(
                        arguments.texts("project"),
                        null,
                        null,
                        null,
                        arguments.texts("environment"),
                        arguments.text("query"),
                        null,
                        arguments.time("start"),
                        arguments.time("end"),
                        null,
                        null,
                        null,
                        arguments.text("release"))
                .of(actor, projects, searches);
        IssueSort sort = sort(arguments.text("sort"));
        var behind = IssueCursor.read(sort, arguments.text("cursor"));
        int limit = arguments.limit(USUAL, MOST);
        Page<ListedIssue> page = searches.bounded(filter.search(), () -> issues.list(filter, sort, behind, limit));
        return texts.page(
                answers.of(page.entries().stream().map(ListedIssue::issue).toList(), filter),
                page.entries(),
                last -> IssueCursor.write(sort, last.position()),
                page.hasMore());
    }

    private String update(Actor actor, ToolArguments arguments) {
        StoredIssue issue = issue(actor, arguments);
        var request = new IssueChangeRequest(
                arguments.text("status"),
                null,
                null,
                assignee(arguments.text("assigned_to")),
                arguments.text("priority"));
        changes.change(actor, issue, request.change(clock.instant()));
        return texts.of(answers.of(List.of(selection.one(actor, issue.id())), IssueFilter.ALL)
                .getFirst());
    }

    /** Null for what is not to change: models write null and empty texts for what they leave out. */
    private @Nullable JsonNode assignee(@Nullable String wanted) {
        if (wanted == null) {
            return null;
        }
        if (wanted.equals("none")) {
            return json.getNodeFactory().nullNode();
        }
        if (!wanted.matches("\\d{1,18}")) {
            throw ApiException.invalid("assigned_to", "'%s' (expected: the id of a user, or none)".formatted(wanted));
        }
        return json.getNodeFactory().numberNode(Long.parseLong(wanted));
    }

    private StoredIssue issue(Actor actor, ToolArguments arguments) {
        return selection.named(actor, arguments.needed("issue"));
    }

    private static IssueSort sort(@Nullable String wanted) {
        return wanted == null
                ? IssueSort.LAST_SEEN
                : Arrays.stream(IssueSort.values())
                        .filter(sort -> sort.wireName().equals(wanted))
                        .findFirst()
                        .orElseThrow(() -> ApiException.invalid(
                                "sort", "'%s' (expected: last_seen, first_seen, events or users)".formatted(wanted)));
    }
}
