package dev.resentry.query.sentry;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.SentryApi;
import dev.resentry.query.explore.ExploreQuestions;
import dev.resentry.storage.explore.ExploreDataset;
import dev.resentry.storage.explore.ExploreField;
import dev.resentry.storage.explore.ExploreFilter;
import dev.resentry.storage.explore.ExploreSeries;
import dev.resentry.storage.explore.ExploreType;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Figures over time in the form that newer clients read: a list of series, each of one figure and one group. */
@SentryApi
class DiscoverTimeSeriesController {
    private final DiscoverSeries series;
    private final ExploreQuestions questions;
    private final SentrySelection where;
    private final InstantSource clock;

    DiscoverTimeSeriesController(
            DiscoverSeries series, ExploreQuestions questions, SentrySelection where, InstantSource clock) {
        this.series = series;
        this.questions = questions;
        this.where = where;
        this.clock = clock;
    }

    record TimeSeriesPage(List<TimeSeries> timeSeries, PageMeta meta) {}

    /** @param start in milliseconds, as the end */
    record PageMeta(String dataset, long start, long end) {}

    /** @param groupBy absent if there are no groups */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record TimeSeries(String yAxis, @Nullable List<GroupValue> groupBy, List<Point> values, Meta meta) {}

    record GroupValue(String key, @Nullable Object value) {}

    /**
     * A figure of an interval, 0 where there is none.
     *
     * @param timestamp when it begins, in milliseconds
     * @param incomplete whether it has not ended yet
     */
    record Point(long timestamp, double value, boolean incomplete) {}

    /** @param interval in milliseconds */
    record Meta(
            int order,
            boolean isOther,
            String valueType,
            @Nullable String valueUnit,
            long interval) {}

    /**
     * Figures over time: each {@code yAxis} is a function, count() if there is none, and each {@code groupBy} a column by which groups
     * are made, of which those with the most of the first figure are given.
     *
     * @param topEvents how many groups, 5 if not given
     * @param interval such as 5m; one that makes about 100 of the time if not given
     */
    @Allowed(Scope.EVENT_READ)
    @GetMapping("/api/0/organizations/{organization}/events-timeseries")
    TimeSeriesPage timeSeries(
            @PathVariable String organization,
            @RequestParam @Nullable String dataset,
            @RequestParam @Nullable String query,
            @RequestParam @Nullable List<String> project,
            @RequestParam @Nullable List<String> environment,
            @RequestParam @Nullable String statsPeriod,
            @RequestParam @Nullable String start,
            @RequestParam @Nullable String end,
            @RequestParam @Nullable String interval,
            @RequestParam @Nullable Integer topEvents,
            HttpServletRequest request,
            Actor actor) {
        where.organization(organization);
        Optional<ExploreDataset> known = DiscoverDataset.of(dataset);
        Instant now = clock.instant();
        ExploreFilter filter = questions.filter(
                known.orElse(ExploreDataset.EVENTS),
                DiscoverController.asked(
                        project, environment, query, SentryWindow.of(statsPeriod, start, end, now), now),
                actor);
        var meta = new PageMeta(
                dataset == null || dataset.isEmpty() ? "errors" : dataset,
                filter.from().toEpochMilli(),
                filter.to().toEpochMilli());
        if (known.isEmpty()) {
            return new TimeSeriesPage(List.of(), meta);
        }
        List<String> groups = DiscoverController.texts(request, "groupBy");
        DiscoverFields names = new DiscoverFields(known.get());
        DiscoverSeries.Answer found = series.ask(
                new DiscoverSeries.Question(
                        known.get(),
                        DiscoverController.texts(request, "yAxis"),
                        groups.stream().map(names::known).toList(),
                        topEvents == null ? 5 : topEvents,
                        interval),
                filter);
        return new TimeSeriesPage(answer(found, groups, names, now), meta);
    }

    private static List<TimeSeries> answer(
            DiscoverSeries.Answer found, List<String> groups, DiscoverFields names, Instant now) {
        Map<String, ExploreType> types = found.figures().stream()
                .collect(Collectors.toMap(ExploreField.Aggregate::text, ExploreField::valueType, (one, _) -> one));
        Map<Map<String, @Nullable Object>, Integer> orders = new LinkedHashMap<>();
        List<TimeSeries> answer = new ArrayList<>();
        for (ExploreSeries one : found.series()) {
            int order = orders.computeIfAbsent(one.group(), _ -> orders.size());
            String type = types.getOrDefault(one.name(), ExploreType.NUMBER).wireName();
            answer.add(new TimeSeries(
                    one.name(),
                    groups.isEmpty()
                            ? null
                            : groups.stream()
                                    .filter(text -> one.group().containsKey(names.known(text)))
                                    .map(text ->
                                            new GroupValue(text, one.group().get(names.known(text))))
                                    .toList(),
                    points(one, found.begin(), found.each(), now),
                    new Meta(
                            order,
                            false,
                            type,
                            DiscoverFields.units(Map.of("", type)).get(""),
                            found.each().toMillis())));
        }
        return answer;
    }

    private static List<Point> points(ExploreSeries series, Instant begin, Duration each, Instant now) {
        List<Point> points = new ArrayList<>();
        Instant at = begin;
        for (Double figure : series.values()) {
            Instant end = at.plus(each);
            points.add(new Point(at.toEpochMilli(), figure == null ? 0 : figure, end.isAfter(now)));
            at = end;
        }
        return points;
    }
}
