package dev.resentry.query.project;

import dev.resentry.model.outcome.InboundFilter;
import dev.resentry.processing.filter.FilterSettings;
import dev.resentry.processing.filter.FilterSettingsJson;
import dev.resentry.processing.filter.InboundFilters;
import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.AuditLog;
import dev.resentry.query.access.ProjectAccess;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.schema.WordOf;
import dev.resentry.storage.project.ProjectProcessing;
import dev.resentry.storage.project.ProjectProcessingStore;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** What a project does not want to be stored. */
@NativeApi
@Tag(name = "Projects")
class FilterController {
    private final ProjectProcessingStore processing;
    private final FilterPreview preview;
    private final ProjectAccess access;
    private final AuditLog audit;

    FilterController(ProjectProcessingStore processing, FilterPreview preview, ProjectAccess access, AuditLog audit) {
        this.processing = processing;
        this.preview = preview;
        this.access = access;
        this.audit = audit;
    }

    /**
     * The filters of a project.
     *
     * @param revision of the project's filters, rules and settings of scrubbing together; 0 before the first change
     * @param updatedBy the e-mail address of who changed one of them last
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record ProjectFilters(
            Filters settings,
            long revision,
            @Nullable Instant updatedAt,
            @Nullable String updatedBy) {}

    /**
     * Other filters.
     *
     * @param revision that of the filters that they replace
     */
    record FiltersChange(
            @NotNull @Valid Filters settings,
            @NotNull @Min(0) Long revision) {}

    /**
     * Filters to be tried.
     *
     * @param days how far back
     */
    record FiltersDraft(
            @NotNull @Valid Filters settings,
            @NotNull @Min(1) @Max(30) Integer days) {}

    /**
     * What filters would have dropped.
     *
     * @param events that arrived in these days and are stored
     * @param lookedAt the newest of them, at most 10,000
     * @param filtered how many of those would have been dropped
     * @param transactions as {@code events}
     * @param transactionsLookedAt as {@code lookedAt}
     * @param transactionsFiltered as {@code filtered}
     * @param byFilter by the filter that would have its name on the outcome; without those that met nothing
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record FiltersTrial(
            int days,
            long events,
            int lookedAt,
            int filtered,
            long transactions,
            int transactionsLookedAt,
            int transactionsFiltered,
            List<FilterTrial> byFilter) {}

    /**
     * What one filter would have dropped.
     *
     * @param filter its name as the reason of outcomes
     * @param issues how many have such events
     * @param examples each of another issue, the newest first
     * @param transactionExamples names of transactions, the newest first
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record FilterTrial(
            @WordOf(InboundFilter.class) String filter,
            int events,
            int issues,
            List<FilteredExample> examples,
            int transactions,
            List<String> transactionExamples) {}

    /** An event that would have been dropped. */
    @JsonNaming(SnakeCaseStrategy.class)
    record FilteredExample(String eventId, long issueId, String title) {}

    @GetMapping("/api/v1/projects/{id}/filters")
    @Allowed(Scope.PROJECT_READ)
    ProjectFilters get(@PathVariable long id, Actor actor) {
        access.require(actor, id);
        return answer(processing.find(id));
    }

    /** Replaces the filters; holds for events that are processed some seconds later. What is stored stays. */
    @PutMapping("/api/v1/projects/{id}/filters")
    @Allowed(Scope.PROJECT_WRITE)
    ProjectFilters replace(@PathVariable long id, @Valid @RequestBody FiltersChange change, Actor actor) {
        access.require(actor, id);
        FilterSettings settings = change.settings().asSettings();
        ProjectFilters before = answer(processing.find(id));
        return audit.inTransaction(() -> {
            ProjectProcessing stored = processing
                    .replaceFilters(id, FilterSettingsJson.write(settings), change.revision(), actor.email())
                    .orElseThrow(() -> ApiException.conflict(
                            "revision",
                            "%d is not the latest any more; read the filters again".formatted(change.revision())));
            ProjectFilters after = answer(Optional.of(stored));
            audit.record(
                    actor,
                    "project.filters_changed",
                    new AuditLog.Target("project", id, ""),
                    before.settings(),
                    after.settings());
            return after;
        });
    }

    /** Shows what filters would have dropped of the stored events and transactions of some days, and keeps nothing. */
    @PostMapping("/api/v1/projects/{id}/filters/preview")
    @Allowed(Scope.EVENT_READ)
    FiltersTrial preview(@PathVariable long id, @Valid @RequestBody FiltersDraft draft, Actor actor) {
        access.require(actor, id);
        FilterPreview.Result result =
                preview.of(id, new InboundFilters(draft.settings().asSettings()), draft.days());
        List<FilterTrial> byFilter = result.filters().entrySet().stream()
                .map(entry -> new FilterTrial(
                        entry.getKey().wireName(),
                        entry.getValue().events(),
                        entry.getValue().issues(),
                        entry.getValue().examples().stream()
                                .map(event ->
                                        new FilteredExample(event.id().toString(), event.issueId(), event.title()))
                                .toList(),
                        entry.getValue().transactions(),
                        entry.getValue().names()))
                .toList();
        return new FiltersTrial(
                draft.days(),
                result.events().stored(),
                result.events().lookedAt(),
                byFilter.stream().mapToInt(FilterTrial::events).sum(),
                result.transactions().stored(),
                result.transactions().lookedAt(),
                byFilter.stream().mapToInt(FilterTrial::transactions).sum(),
                byFilter);
    }

    private static ProjectFilters answer(Optional<ProjectProcessing> stored) {
        return stored.map(found -> new ProjectFilters(
                        Filters.of(FilterSettingsJson.read(found.filtersJson())),
                        found.revision(),
                        found.updatedAt(),
                        found.updatedBy()))
                .orElseGet(() -> new ProjectFilters(Filters.of(FilterSettings.NONE), 0, null, null));
    }
}
