package dev.resentry.query.issue;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.resentry.model.event.Level;
import dev.resentry.model.issue.state.Substatus;
import dev.resentry.model.search.SearchFault;
import dev.resentry.query.access.Actor;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.query.schema.WordOf;
import dev.resentry.query.search.Searches;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.issue.Assignment;
import dev.resentry.storage.issue.IssueFilter;
import dev.resentry.storage.search.SearchDataset;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * Which issues are wanted, as query parameters of a list and in the body of a change of many; what is absent wants all.
 *
 * @param project slugs or ids
 * @param query of the search language, such as {@code is:unresolved browser.name:Safari}; a text without a key is one that the title or
 *     the culprit holds
 * @param assignee the id of a user, {@code me} or {@code none}
 * @param start from when on events happened, in whole hours
 * @param end until when
 * @param isNew true for those that were first seen in the last 24 hours; false and absent for all
 * @param firstRelease the version of the release in which they are new
 * @param regressedIn the version of the release in which they came back after they were resolved
 * @param release the version of a release of which they have events, in the environments if any are given
 */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(name = "IssueFilter")
public record IssueFilterRequest(
        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) @Nullable
        List<String> project,

        @WordOf(IssueStatus.class) @Nullable String status,
        @WordOf(Substatus.class) @Nullable String substatus,
        @WordOf(Level.class) @Nullable String level,

        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) @Nullable
        List<String> environment,

        @Nullable String query,
        @Nullable String assignee,
        @Nullable Instant start,
        @Nullable Instant end,
        @Nullable Boolean isNew,
        @Nullable String firstRelease,
        @Nullable String regressedIn,
        @Nullable String release) {
    static final String STATUS_RULE = "expected: unresolved, resolved or ignored";

    /**
     * The filter of an actor, who sees some projects.
     *
     * @throws ApiException if a field has a value that it cannot have
     * @throws SearchFault if the query means nothing
     */
    public IssueFilter of(Actor actor, ProjectSelection projects, Searches searches) {
        requireAmong("status", status, IssueStatus.wireNames(), STATUS_RULE);
        requireAmong(
                "substatus",
                substatus,
                Substatus.wireNames(),
                "expected: new, ongoing, escalating, regressed or archived_…");
        requireAmong("level", level, Level.wireNames(), "expected: fatal, error, warning, info or debug");
        VisibleProjects wanted = projects.of(actor, project);
        Set<String> environments = environment == null || environment.isEmpty() ? null : Set.copyOf(environment);
        IssueFilter.Window window = window();
        return new IssueFilter(
                wanted,
                status,
                substatus,
                level,
                environments,
                searches.condition(
                        query,
                        SearchDataset.ISSUES,
                        searches.context(actor, wanted, environments)
                                .within(window == null ? null : window.from(), window == null ? null : window.to())),
                assignment(actor),
                window,
                Boolean.TRUE.equals(isNew) ? Instant.now().minus(IssueResponse.NEW) : null,
                firstRelease,
                regressedIn,
                release);
    }

    private @Nullable Assignment assignment(Actor actor) {
        return switch (assignee) {
            case null -> null;
            case "none" -> new Assignment.ToNobody();
            case "me" -> new Assignment.To(actor.userId());
            case String id when id.matches("\\d{1,18}") -> new Assignment.To(Long.parseLong(id));
            default ->
                throw ApiException.invalid(
                        "assignee", "'%s' (expected: the id of a user, me or none)".formatted(assignee));
        };
    }

    private IssueFilter.@Nullable Window window() {
        if (start == null && end == null) {
            return null;
        }
        if (start != null && end != null && !start.isBefore(end)) {
            throw ApiException.invalid("start", "%s (expected: before %s)".formatted(start, end));
        }
        return new IssueFilter.Window(start == null ? Instant.EPOCH : start, end);
    }

    private static void requireAmong(String field, @Nullable String value, Set<String> known, String rule) {
        if (value != null && !known.contains(value)) {
            throw ApiException.invalid(field, "'%s' (%s)".formatted(value, rule));
        }
    }
}
