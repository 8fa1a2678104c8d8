package dev.resentry.query.sentry;

import dev.resentry.model.search.SearchFault;
import dev.resentry.model.search.SearchParser;
import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.SentryApi;
import dev.resentry.query.explore.ExploreCursor;
import dev.resentry.query.explore.ExploreQuestions;
import dev.resentry.query.explore.ExploreQuestions.Asked;
import dev.resentry.storage.explore.ExploreDataset;
import dev.resentry.storage.explore.ExploreFault;
import dev.resentry.storage.explore.ExploreField;
import dev.resentry.storage.explore.ExploreFilter;
import dev.resentry.storage.explore.ExplorePage;
import dev.resentry.storage.explore.ExploreQueries;
import dev.resentry.storage.explore.ExploreSort;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Discover: rows or groups of events, transactions, spans and logs in the fields that are asked for. */
@SentryApi
class DiscoverController {
    private static final String EVENTS = "/api/0/organizations/{organization}/events";
    private static final Duration USUAL = Duration.ofDays(14);
    private static final int MOST_FIELDS = 20;

    private final ExploreQueries rows;
    private final ExploreQuestions questions;
    private final SentrySelection where;
    private final Duration within;
    private final InstantSource clock;

    DiscoverController(
            ExploreQueries rows,
            ExploreQuestions questions,
            SentrySelection where,
            Duration within,
            InstantSource clock) {
        this.rows = rows;
        this.questions = questions;
        this.where = where;
        this.within = within;
        this.clock = clock;
    }

    /**
     * Rows.
     *
     * @param data by the texts of the fields as they were sent
     */
    record Table(List<Map<String, @Nullable Object>> data, Meta meta) {}

    record Meta(Map<String, String> fields, Map<String, @Nullable String> units) {}

    /** What would be wrong with a question. */
    record Validation(
            boolean valid,
            List<Checked> projects,
            List<Checked> dataset,
            List<Checked> environment,
            List<Checked> field,
            CheckedQuery query,
            List<Checked> orderby) {}

    /** @param error null if there is nothing wrong */
    record Checked(
            String name,
            boolean valid,
            @Nullable String attrType,
            @Nullable String error) {}

    record CheckedQuery(boolean valid, @Nullable String error, List<Checked> fields) {}

    @Allowed(Scope.EVENT_READ)
    @GetMapping(EVENTS)
    ResponseEntity<Table> list(
            @PathVariable String organization,
            @RequestParam @Nullable String dataset,
            @RequestParam @Nullable String query,
            @RequestParam @Nullable List<String> project,
            @RequestParam @Nullable List<String> environment,
            @RequestParam @Nullable String statsPeriod,
            @RequestParam @Nullable String start,
            @RequestParam @Nullable String end,
            @RequestParam(name = "per_page") @Nullable Integer perPage,
            @RequestParam @Nullable String cursor,
            HttpServletRequest request,
            Actor actor) {
        where.organization(organization);
        List<String> wanted = texts(request, "field");
        if (wanted.isEmpty()) {
            throw ApiException.invalid("field", "missing (expected: 1 to %d)".formatted(MOST_FIELDS));
        }
        Optional<ExploreDataset> known = DiscoverDataset.of(dataset);
        if (known.isEmpty()) {
            return SentryLinks.page(new Table(List.of(), new Meta(Map.of(), Map.of())), null);
        }
        DiscoverFields names = new DiscoverFields(known.get());
        boolean grouped =
                fields(names, wanted, known.get()).stream().anyMatch(ExploreField.Aggregate.class::isInstance);
        List<String> shown = DiscoverFields.completed(wanted, grouped, MOST_FIELDS);
        List<ExploreField> fields = fields(names, shown, known.get());
        ExploreSort order = ExploreSort.parse(names.sort(texts(request, "sort")), fields, known.get());
        ExploreFilter filter = questions.filter(
                known.get(),
                asked(project, environment, query, SentryWindow.of(statsPeriod, start, end, now()), now()),
                actor);
        ExplorePage page = rows.list(
                filter,
                fields,
                order,
                ExploreCursor.read(SentryLinks.cursor(cursor)),
                SentryLinks.size(perPage),
                within);
        Map<String, String> types = names.types(shown, fields);
        return SentryLinks.page(
                new Table(
                        page.rows().stream().map(row -> names.row(row, shown)).toList(),
                        new Meta(types, DiscoverFields.units(types))),
                ExploreCursor.write(page.next()));
    }

    /** Says what would be wrong with a question, field by field, before it is asked. */
    @Allowed(Scope.EVENT_READ)
    @GetMapping(EVENTS + "/validate")
    Validation validate(
            @PathVariable String organization,
            @RequestParam @Nullable String dataset,
            @RequestParam @Nullable String query,
            @RequestParam @Nullable List<String> project,
            @RequestParam @Nullable List<String> environment,
            HttpServletRequest request,
            Actor actor) {
        where.organization(organization);
        ExploreDataset known = DiscoverDataset.of(dataset).orElse(ExploreDataset.EVENTS);
        DiscoverFields names = new DiscoverFields(known);
        List<Checked> projects = new ArrayList<>();
        for (String one : project == null ? List.<String>of() : project) {
            projects.add(one.equals("-1") ? fine(one) : project(actor, organization, one));
        }
        List<Checked> fields = texts(request, "field").stream()
                .map(one -> field(names, one, known))
                .toList();
        List<Checked> orders = texts(request, "orderby").stream()
                .map(one -> field(names, one.startsWith("-") ? one.substring(1) : one, known))
                .toList();
        CheckedQuery checked = query(query);
        boolean valid = checked.valid()
                && projects.stream().allMatch(Checked::valid)
                && fields.stream().allMatch(Checked::valid)
                && orders.stream().allMatch(Checked::valid);
        return new Validation(
                valid,
                projects,
                List.of(fine(dataset == null ? "errors" : dataset)),
                environment == null
                        ? List.of()
                        : environment.stream().map(DiscoverController::fine).toList(),
                fields,
                checked,
                orders);
    }

    private Checked project(Actor actor, String organization, String named) {
        try {
            return fine(where.project(actor, organization, named).slug());
        } catch (ApiException e) {
            return new Checked(named, false, null, e.getMessage());
        }
    }

    private static Checked field(DiscoverFields names, String text, ExploreDataset dataset) {
        try {
            ExploreField field = ExploreField.parse("field", names.known(text), dataset);
            String type = field.valueType().isNumber()
                    ? "number"
                    : field.valueType().wireName().equals("boolean") ? "boolean" : "string";
            return new Checked(text, true, type, null);
        } catch (ExploreFault e) {
            return new Checked(text, false, null, e.getMessage());
        }
    }

    private static CheckedQuery query(@Nullable String query) {
        try {
            SearchParser.parse(query == null ? "" : query);
            return new CheckedQuery(true, null, List.of());
        } catch (SearchFault e) {
            return new CheckedQuery(false, e.getMessage(), List.of());
        }
    }

    private static Checked fine(String name) {
        return new Checked(name, true, null, null);
    }

    private List<ExploreField> fields(DiscoverFields names, List<String> texts, ExploreDataset dataset) {
        return questions.fields("field", texts.stream().map(names::known).toList(), dataset);
    }

    /** What is asked for; if no time is said, of the last 14 days. */
    static Asked asked(
            @Nullable List<String> project,
            @Nullable List<String> environment,
            @Nullable String query,
            SentryWindow window,
            Instant now) {
        return new Asked(
                SentryIssues.named(project),
                SentryIssues.environments(environment),
                query,
                window.from(USUAL, now),
                window.to());
    }

    private Instant now() {
        return clock.instant();
    }

    /** As they were sent: of a single value, a list would make several at its commas. */
    static List<String> texts(HttpServletRequest request, String parameter) {
        String[] values = request.getParameterValues(parameter);
        return values == null ? List.of() : List.of(values);
    }
}
