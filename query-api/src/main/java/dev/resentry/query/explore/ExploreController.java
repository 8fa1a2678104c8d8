package dev.resentry.query.explore;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.explore.ExploreQuestions.Asked;
import dev.resentry.query.page.Cursor;
import dev.resentry.storage.explore.ExploreDataset;
import dev.resentry.storage.explore.ExploreFacetQueries;
import dev.resentry.storage.explore.ExploreField;
import dev.resentry.storage.explore.ExploreFilter;
import dev.resentry.storage.explore.ExploreSort;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Events, transactions, spans and logs in the columns that are asked for. */
@NativeApi
@Tag(name = "Explore")
class ExploreController {
    private static final int USUAL_TOP = 5;
    private static final int MOST_TOP = 20;

    private final ExploreAnswers answers;
    private final ExploreFacetQueries facets;
    private final ExploreQuestions questions;
    private final Duration within;

    ExploreController(ExploreAnswers answers, ExploreFacetQueries facets, ExploreQuestions questions, Duration within) {
        this.answers = answers;
        this.facets = facets;
        this.questions = questions;
        this.within = within;
    }

    /**
     * Lists rows of a dataset, those that arrived last first; with a function among the fields, groups of rows, at most 10,000, those
     * with the largest first figure first.
     *
     * @param dataset events, transactions, spans or logs
     * @param field at most 20: columns, {@code tags[key]}, {@code tags[key,number]}, or functions such as {@code count()},
     *     {@code count_unique(user)}, {@code p95(transaction.duration)}, {@code failure_rate()}, {@code epm()}, {@code last_seen()}
     * @param query in the search language
     * @param project slugs or ids
     * @param start from which arrival on; a day before the end if not given
     * @param end before which arrival
     * @param sort the text of a field, with a minus in front for the largest first
     * @param backend ch for the copy in ClickHouse, pg for PostgreSQL; if not given, what is set up
     */
    @Allowed(Scope.EVENT_READ)
    @Operation(operationId = "explore")
    @GetMapping("/api/v1/explore/{dataset}")
    ExploreResponse list(
            @PathVariable String dataset,
            @RequestParam List<String> field,
            @RequestParam @Nullable String query,
            @RequestParam @Nullable List<String> project,
            @RequestParam @Nullable List<String> environment,
            @RequestParam @Nullable Instant start,
            @RequestParam @Nullable Instant end,
            @RequestParam @Nullable String sort,
            @RequestParam @Nullable String cursor,
            @RequestParam @Nullable Integer limit,
            @RequestParam @Nullable String backend,
            HttpServletRequest request,
            Actor actor) {
        ExploreDataset wanted = ExploreDataset.of(dataset);
        List<ExploreField> fields = questions.fields("field", whole(request, "field"), wanted);
        ExploreSort order = ExploreSort.parse(sort, fields, wanted);
        ExploreFilter filter = questions.filter(wanted, new Asked(project, environment, query, start, end), actor);
        return ExploreResponse.of(
                answers.list(backend, filter, fields, order, ExploreCursor.read(cursor), Cursor.limit(limit), within),
                fields,
                filter);
    }

    /**
     * Counts over time, by arrival; with groups, of those with the largest first figure.
     *
     * @param dataset events, transactions, spans or logs
     * @param y functions, as {@code field} of the list has them
     * @param group columns that make groups
     * @param top how many groups, at most 20
     * @param interval such as 30s, 5m, 2h or 1d; one that makes about 100 of the time if not given
     * @param query in the search language
     * @param project slugs or ids
     * @param start from which arrival on; a day before the end if not given
     * @param end before which arrival
     * @param backend ch for the copy in ClickHouse, pg for PostgreSQL; if not given, what is set up
     */
    @Allowed(Scope.EVENT_READ)
    @Operation(operationId = "exploreSeries")
    @GetMapping("/api/v1/explore/{dataset}/series")
    ExploreSeriesResponse series(
            @PathVariable String dataset,
            @RequestParam List<String> y,
            @RequestParam @Nullable List<String> group,
            @RequestParam @Nullable Integer top,
            @RequestParam @Nullable String interval,
            @RequestParam @Nullable String query,
            @RequestParam @Nullable List<String> project,
            @RequestParam @Nullable List<String> environment,
            @RequestParam @Nullable Instant start,
            @RequestParam @Nullable Instant end,
            @RequestParam @Nullable String backend,
            HttpServletRequest request,
            Actor actor) {
        ExploreDataset wanted = ExploreDataset.of(dataset);
        List<ExploreField.Aggregate> figures = new ArrayList<>();
        for (ExploreField figure : questions.fields("y", whole(request, "y"), wanted)) {
            switch (figure) {
                case ExploreField.Aggregate aggregate when aggregate.valueType().isNumber() -> figures.add(aggregate);
                default ->
                    throw ApiException.invalid("y", "'%s' (expected: a function of numbers)".formatted(figure.text()));
            }
        }
        List<ExploreField.Column> groups = new ArrayList<>();
        if (group != null && !group.isEmpty()) {
            for (ExploreField column : questions.fields("group", whole(request, "group"), wanted)) {
                switch (column) {
                    case ExploreField.Column known -> groups.add(known);
                    case ExploreField.Aggregate _ ->
                        throw ApiException.invalid("group", "'%s' (expected: a column)".formatted(column.text()));
                }
            }
        }
        int most = top == null ? USUAL_TOP : top;
        if (most < 1 || most > MOST_TOP) {
            throw ApiException.invalid("top", "%d (expected: 1 to %d)".formatted(most, MOST_TOP));
        }
        ExploreFilter filter = questions.filter(wanted, new Asked(project, environment, query, start, end), actor);
        var window = new ExploreWindow(filter.from(), filter.to());
        Duration each = window.interval(interval);
        Instant begin = window.begin(each);
        return ExploreSeriesResponse.of(
                answers.series(backend, filter, figures, groups, most, begin, each, within), begin, each, filter.to());
    }

    /**
     * Counts the values that the matches have: of 8 keys 5 values each, at most; of the 10,000 matches that came last if there are
     * more.
     *
     * @param dataset events, transactions, spans or logs
     * @param query in the search language
     * @param project slugs or ids
     * @param start from which arrival on; a day before the end if not given
     * @param end before which arrival
     */
    @Allowed(Scope.EVENT_READ)
    @Operation(operationId = "exploreFacets")
    @GetMapping("/api/v1/explore/{dataset}/facets")
    ExploreFacetsResponse facets(
            @PathVariable String dataset,
            @RequestParam @Nullable String query,
            @RequestParam @Nullable List<String> project,
            @RequestParam @Nullable List<String> environment,
            @RequestParam @Nullable Instant start,
            @RequestParam @Nullable Instant end,
            Actor actor) {
        ExploreDataset wanted = ExploreDataset.of(dataset);
        ExploreFilter filter = questions.filter(wanted, new Asked(project, environment, query, start, end), actor);
        return ExploreFacetsResponse.of(facets.facets(filter, within));
    }

    /** As they were sent: of a single value, a list would make several at its commas. */
    static List<String> whole(HttpServletRequest request, String parameter) {
        return List.of(request.getParameterValues(parameter));
    }
}
