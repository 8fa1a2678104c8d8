package dev.resentry.query.sentry;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.SentryApi;
import dev.resentry.query.explore.ExploreQuestions;
import dev.resentry.storage.explore.ExploreDataset;
import dev.resentry.storage.explore.ExploreFacetQueries;
import dev.resentry.storage.explore.ExploreFilter;
import dev.resentry.storage.explore.ExploreSeries;
import dev.resentry.storage.search.SearchDataset;
import dev.resentry.storage.search.SearchField;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Figures over time, and which tags and attributes there are. */
@SentryApi
class DiscoverSeriesController {
    private static final String ORGANIZATION = "/api/0/organizations/{organization}";

    private final DiscoverSeries series;
    private final ExploreFacetQueries facets;
    private final ExploreQuestions questions;
    private final SentrySelection where;
    private final Duration within;
    private final InstantSource clock;

    DiscoverSeriesController(
            DiscoverSeries series,
            ExploreFacetQueries facets,
            ExploreQuestions questions,
            SentrySelection where,
            Duration within,
            InstantSource clock) {
        this.series = series;
        this.facets = facets;
        this.questions = questions;
        this.where = where;
        this.within = within;
        this.clock = clock;
    }

    /** A tag key, and how many events have it. */
    record TagKey(String key, String name, long totalValues, long uniqueValues) {}

    record Attribute(String key, String name, String attributeType, Source attributeSource) {}

    /** Where an attribute is from. */
    record Source(@JsonProperty("source_type") String sourceType) {}

    /**
     * Counts over time: one series; or one of each figure, or of each group, or both, by their names.
     *
     * @param interval such as 5m; one that makes about 100 of the time if not given
     */
    @Allowed(Scope.EVENT_READ)
    @GetMapping(ORGANIZATION + "/events-stats")
    Map<String, Object> stats(
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
        if (known.isEmpty()) {
            return Map.of("data", List.of());
        }
        DiscoverSeries.Answer found = series.ask(
                new DiscoverSeries.Question(
                        known.get(),
                        DiscoverController.texts(request, "yAxis"),
                        topEvents == null ? List.of() : DiscoverController.texts(request, "field"),
                        topEvents,
                        interval),
                filter(
                        known.get(),
                        project,
                        environment,
                        query,
                        SentryWindow.of(statsPeriod, start, end, clock.instant()),
                        actor));
        return answer(found.series(), found.figures().size(), !found.groups().isEmpty(), found.begin(), found.each());
    }

    private Map<String, Object> answer(
            List<ExploreSeries> found, int figures, boolean grouped, Instant begin, Duration each) {
        if (!grouped && figures == 1) {
            return found.isEmpty() ? Map.of("data", List.of()) : one(found.getFirst(), 0, begin, each);
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        if (!grouped) {
            for (ExploreSeries one : found) {
                answer.put(one.name(), one(one, answer.size(), begin, each));
            }
            return answer;
        }
        Map<String, List<ExploreSeries>> byGroup = found.stream()
                .collect(Collectors.groupingBy(one -> label(one.group()), LinkedHashMap::new, Collectors.toList()));
        byGroup.forEach((label, ofGroup) -> {
            int order = answer.size();
            if (figures == 1) {
                answer.put(label, one(ofGroup.getFirst(), order, begin, each));
            } else {
                Map<String, Object> several = new LinkedHashMap<>();
                for (ExploreSeries one : ofGroup) {
                    several.put(one.name(), one(one, several.size(), begin, each));
                }
                several.put("order", order);
                answer.put(label, several);
            }
        });
        return answer;
    }

    private static Map<String, Object> one(ExploreSeries series, int order, Instant begin, Duration each) {
        List<List<Object>> data = new ArrayList<>();
        Instant at = begin;
        for (Double figure : series.values()) {
            Map<String, @Nullable Object> count = new LinkedHashMap<>();
            count.put("count", figure);
            data.add(List.of(at.getEpochSecond(), List.of(count)));
            at = at.plus(each);
        }
        return Map.of(
                "data",
                data,
                "order",
                order,
                "start",
                begin.getEpochSecond(),
                "end",
                at.getEpochSecond(),
                "isMetricsData",
                false);
    }

    private static String label(Map<String, @Nullable Object> group) {
        return group.values().stream().map(value -> Objects.toString(value, "")).collect(Collectors.joining(","));
    }

    /** The tag keys of what came last. */
    @Allowed(Scope.EVENT_READ)
    @GetMapping(ORGANIZATION + "/tags")
    List<TagKey> tags(
            @PathVariable String organization,
            @RequestParam @Nullable String dataset,
            @RequestParam @Nullable List<String> project,
            @RequestParam @Nullable String statsPeriod,
            @RequestParam @Nullable String start,
            @RequestParam @Nullable String end,
            Actor actor) {
        where.organization(organization);
        Optional<ExploreDataset> known = DiscoverDataset.of(dataset);
        if (known.isEmpty()) {
            return List.of();
        }
        ExploreFilter filter = filter(
                known.get(), project, null, null, SentryWindow.of(statsPeriod, start, end, clock.instant()), actor);
        return facets.facets(filter, within).facets().stream()
                .map(facet -> new TagKey(
                        facet.key(),
                        facet.key(),
                        facet.rows() - facet.missing(),
                        facet.values().size()))
                .toList();
    }

    /** The attributes that queries on logs and spans know. */
    @Allowed(Scope.EVENT_READ)
    @GetMapping(ORGANIZATION + "/trace-items/attributes")
    List<Attribute> attributes(
            @PathVariable String organization,
            @RequestParam @Nullable String itemType,
            @RequestParam @Nullable String attributeType,
            @RequestParam @Nullable String substringMatch) {
        where.organization(organization);
        SearchDataset dataset =
                itemType != null && itemType.startsWith("log") ? SearchDataset.LOGS : SearchDataset.SPANS;
        return dataset.fields().stream()
                .map(field -> new Attribute(field.name(), field.name(), type(field), new Source("sentry")))
                .filter(one -> attributeType == null || attributeType.equals(one.attributeType()))
                .filter(one -> SentryProjects.holds(substringMatch, one.key()))
                .toList();
    }

    private static String type(SearchField field) {
        return switch (field.kind()) {
            case NUMBER, SIZE, DURATION -> "number";
            case BOOLEAN -> "boolean";
            case TEXT, PHRASE, WORD, ASSIGNEE, DATE, UUID -> "string";
        };
    }

    private ExploreFilter filter(
            ExploreDataset dataset,
            @Nullable List<String> project,
            @Nullable List<String> environment,
            @Nullable String query,
            SentryWindow window,
            Actor actor) {
        return questions.filter(
                dataset, DiscoverController.asked(project, environment, query, window, clock.instant()), actor);
    }
}
