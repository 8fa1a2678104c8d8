package dev.resentry.query.explore;

import dev.resentry.model.search.SearchParser;
import dev.resentry.query.access.Actor;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.query.search.Searches;
import dev.resentry.storage.explore.ExploreDataset;
import dev.resentry.storage.explore.ExploreField;
import dev.resentry.storage.explore.ExploreFilter;
import dev.resentry.storage.retention.Retention;
import dev.resentry.storage.search.SearchContext;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what callers ask of a dataset. */
public final class ExploreQuestions {
    private static final int MOST_FIELDS = 20;

    private final Searches searches;
    private final ProjectSelection projects;
    private final Retention retention;

    ExploreQuestions(Searches searches, ProjectSelection projects, Retention retention) {
        this.searches = searches;
        this.projects = projects;
        this.retention = retention;
    }

    /** The parameters that all questions have. */
    public record Asked(
            @Nullable List<String> project,
            @Nullable List<String> environment,
            @Nullable String query,
            @Nullable Instant start,
            @Nullable Instant end) {}

    /** Which rows of those that an actor sees are wanted. */
    public ExploreFilter filter(ExploreDataset dataset, Asked asked, Actor actor) {
        List<String> environments = asked.environment();
        SearchContext context = searches.context(
                actor,
                projects.of(actor, asked.project()),
                environments == null || environments.isEmpty() ? null : Set.copyOf(environments));
        ExploreWindow window = ExploreWindow.of(asked.start(), asked.end(), dataset.kind(), retention, context.now());
        String query = asked.query();
        return new ExploreFilter(
                dataset, SearchParser.parse(query == null ? "" : query), context, window.from(), window.to());
    }

    /**
     * The fields of some texts, each once.
     *
     * @param parameter what the API calls them
     */
    public List<ExploreField> fields(String parameter, @Nullable List<String> texts, ExploreDataset dataset) {
        Set<String> distinct = texts == null ? Set.of() : new LinkedHashSet<>(texts);
        if (distinct.isEmpty() || distinct.size() > MOST_FIELDS) {
            throw ApiException.invalid(
                    parameter, "%d of them (expected: 1 to %d)".formatted(distinct.size(), MOST_FIELDS));
        }
        return distinct.stream()
                .map(text -> ExploreField.parse(parameter, text, dataset))
                .toList();
    }
}
