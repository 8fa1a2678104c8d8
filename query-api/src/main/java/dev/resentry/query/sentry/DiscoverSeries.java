package dev.resentry.query.sentry;

import dev.resentry.query.error.ApiException;
import dev.resentry.query.explore.ExploreQuestions;
import dev.resentry.query.explore.ExploreWindow;
import dev.resentry.storage.explore.ExploreDataset;
import dev.resentry.storage.explore.ExploreField;
import dev.resentry.storage.explore.ExploreFilter;
import dev.resentry.storage.explore.ExploreSeries;
import dev.resentry.storage.explore.ExploreSeriesQueries;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks for figures over time, of which there are two forms. */
final class DiscoverSeries {
    private static final int MOST_TOP = 10;

    private final ExploreSeriesQueries series;
    private final ExploreQuestions questions;
    private final Duration within;

    DiscoverSeries(ExploreSeriesQueries series, ExploreQuestions questions, Duration within) {
        this.series = series;
        this.questions = questions;
        this.within = within;
    }

    /**
     * What is asked for.
     *
     * @param figures functions; counts if there are none
     * @param groups by what columns groups are made; functions among them do not matter
     * @param top how many groups; 1 if null
     * @param interval such as 5m; one that makes about 100 of the time if null
     */
    record Question(
            ExploreDataset dataset,
            List<String> figures,
            List<String> groups,
            @Nullable Integer top,
            @Nullable String interval) {}

    /** @param each how long an interval is, of which the first begins at {@code begin} */
    record Answer(
            List<ExploreSeries> series,
            List<ExploreField.Aggregate> figures,
            List<ExploreField.Column> groups,
            Instant begin,
            Duration each) {}

    Answer ask(Question question, ExploreFilter filter) {
        ExploreDataset dataset = question.dataset();
        List<ExploreField.Aggregate> figures =
                figures(question.figures().isEmpty() ? List.of("count()") : question.figures(), dataset);
        List<ExploreField.Column> groups = groups(question.groups(), dataset);
        var window = new ExploreWindow(filter.from(), filter.to());
        String interval = question.interval();
        Duration each = window.interval(interval == null || interval.isBlank() ? null : interval);
        Instant begin = window.begin(each);
        Integer top = question.top();
        List<ExploreSeries> found = series.series(
                filter, figures, groups, top == null ? 1 : Math.clamp(top, 1, MOST_TOP), begin, each, within);
        return new Answer(found, figures, groups, begin, each);
    }

    private List<ExploreField.Aggregate> figures(List<String> texts, ExploreDataset dataset) {
        List<ExploreField.Aggregate> figures = new ArrayList<>();
        for (ExploreField field : questions.fields("yAxis", texts, dataset)) {
            if (!(field instanceof ExploreField.Aggregate figure)
                    || !figure.valueType().isNumber()) {
                throw ApiException.invalid("yAxis", "'%s' (expected: a function of numbers)".formatted(field.text()));
            }
            figures.add(figure);
        }
        return figures;
    }

    /** The columns among the fields, by which groups are made. */
    private List<ExploreField.Column> groups(List<String> texts, ExploreDataset dataset) {
        DiscoverFields names = new DiscoverFields(dataset);
        if (texts.isEmpty()) {
            return List.of();
        }
        List<ExploreField.Column> groups = new ArrayList<>();
        for (ExploreField field :
                questions.fields("field", texts.stream().map(names::known).toList(), dataset)) {
            if (field instanceof ExploreField.Column column) {
                groups.add(column);
            }
        }
        return groups;
    }
}
