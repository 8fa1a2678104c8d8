package dev.resentry.query.savedsearch;

import dev.resentry.model.search.SearchFault;
import dev.resentry.model.search.SearchParser;
import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.AllowedToPeople;
import dev.resentry.query.access.AuditLog;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.schema.WordOf;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.savedsearch.SavedSearch;
import dev.resentry.storage.savedsearch.SavedSearchStore;
import dev.resentry.storage.savedsearch.SearchedDataset;
import dev.resentry.storage.search.SearchCompiler;
import dev.resentry.storage.search.SearchContext;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Searches that people keep for themselves or for everybody. */
@NativeApi
@Tag(name = "Searches")
class SavedSearchController {
    private final SavedSearchStore searches;
    private final AuditLog audit;
    private final InstantSource clock;

    SavedSearchController(SavedSearchStore searches, AuditLog audit, InstantSource clock) {
        this.searches = searches;
        this.audit = audit;
        this.clock = clock;
    }

    /** Whether who asks wants a search first. */
    @Schema(name = "SavedSearchPin")
    record PinRequest(boolean pinned) {}

    /**
     * Lists one's own searches and those that are shared, the pinned ones first, then by name. A program sees those of its user; one
     * that has none, those that are shared.
     *
     * @param dataset absent for all
     */
    @Allowed(Scope.EVENT_READ)
    @GetMapping("/api/v1/saved-searches")
    List<SavedSearchResponse> list(@RequestParam @Nullable @WordOf(SearchedDataset.class) String dataset, Actor actor) {
        return searches.list(actor.userId(), dataset == null ? null : Datasets.of(dataset)).stream()
                .map(search -> SavedSearchResponse.of(search, actor))
                .toList();
    }

    @Allowed(Scope.EVENT_READ)
    @GetMapping("/api/v1/saved-searches/{id}")
    SavedSearchResponse get(@PathVariable long id, Actor actor) {
        return SavedSearchResponse.of(one(actor, id), actor);
    }

    /** Keeps a search. To share it takes the scope event:write. A person has at most 100 of a dataset, and 100 can be shared. */
    @AllowedToPeople
    @PostMapping("/api/v1/saved-searches")
    @ResponseStatus(HttpStatus.CREATED)
    SavedSearchResponse create(@Valid @RequestBody SavedSearchRequest request, Actor actor) {
        SearchedDataset dataset = Datasets.of(request.dataset());
        boolean shared = Boolean.TRUE.equals(request.shared());
        requireMayShare(actor, shared);
        SavedSearch.Details details = request.details();
        requireMeaning(actor, dataset, details);
        return audit.inTransaction(() -> {
            long id = named(
                    details,
                    () -> searches.add(dataset, details, shared, actor.userId(), now())
                            .orElseThrow(() -> ApiException.conflict(
                                    "dataset",
                                    "there are %d saved searches already, the most there can be"
                                            .formatted(SavedSearchStore.MOST))));
            SavedSearch made = one(actor, id);
            record(actor, "saved_search.created", made, null, recorded(made));
            return SavedSearchResponse.of(made, actor);
        });
    }

    /**
     * Replaces what is said of a search: one's own, a shared one that one made, any shared one with the scope org:write. Only its
     * creator can take back what is shared.
     */
    @AllowedToPeople
    @PutMapping("/api/v1/saved-searches/{id}")
    SavedSearchResponse replace(@PathVariable long id, @Valid @RequestBody SavedSearchRequest request, Actor actor) {
        return audit.inTransaction(() -> {
            SavedSearch before = changeable(actor, id);
            if (request.dataset() != null && Datasets.of(request.dataset()) != before.dataset()) {
                throw ApiException.invalid(
                        "dataset",
                        "it cannot be changed (expected: %s)"
                                .formatted(before.dataset().wireName()));
            }
            boolean shared = Boolean.TRUE.equals(request.shared());
            if (shared && !before.shared()) {
                requireMayShare(actor, true);
            }
            if (!shared && before.shared() && !before.isOf(actor.userId())) {
                throw ApiException.forbidden("Only who made a search can have it for themselves again");
            }
            SavedSearch.Details details = request.details();
            requireMeaning(actor, before.dataset(), details);
            named(details, () -> {
                searches.replace(id, details, shared, now());
                return id;
            });
            SavedSearch after = one(actor, id);
            record(actor, "saved_search.changed", after, recorded(before), recorded(after));
            return SavedSearchResponse.of(after, actor);
        });
    }

    /** Deletes a search, under the rules by which it is changed. */
    @AllowedToPeople
    @DeleteMapping("/api/v1/saved-searches/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable long id, Actor actor) {
        audit.doInTransaction(() -> {
            SavedSearch before = changeable(actor, id);
            searches.remove(id);
            record(actor, "saved_search.deleted", before, recorded(before), null);
        });
    }

    /** Says whether one wants a search first; for oneself alone. */
    @AllowedToPeople
    @PutMapping("/api/v1/saved-searches/{id}/pin")
    SavedSearchResponse pin(@PathVariable long id, @RequestBody PinRequest request, Actor actor) {
        return audit.inTransaction(() -> {
            SavedSearch before = one(actor, id);
            searches.pin(actor.userId(), id, request.pinned());
            SavedSearch after = one(actor, id);
            if (after.pinned() != before.pinned()) {
                record(actor, after.pinned() ? "saved_search.pinned" : "saved_search.unpinned", after, null, null);
            }
            return SavedSearchResponse.of(after, actor);
        });
    }

    private SavedSearch one(Actor actor, long id) {
        return searches.find(actor.userId(), id).orElseThrow(() -> ApiException.notFound("saved search", id));
    }

    private SavedSearch changeable(Actor actor, long id) {
        SavedSearch search = one(actor, id);
        if (!SavedSearchResponse.mayChange(search, actor)) {
            throw ApiException.forbidden(
                    "A shared search can be changed by who made it, and by admins and owners of the organization");
        }
        return search;
    }

    private static void requireMayShare(Actor actor, boolean shared) {
        if (shared && !actor.may(Scope.EVENT_WRITE)) {
            throw ApiException.forbidden(
                    "Sharing a search needs the scope event:write, which the role %s does not include"
                            .formatted(actor.role().wireName()));
        }
    }

    /** What cannot be searched for is not kept. */
    private void requireMeaning(Actor actor, SearchedDataset dataset, SavedSearch.Details details) {
        try {
            new SearchCompiler()
                    .compile(
                            SearchParser.parse(details.query()),
                            Datasets.searched(dataset),
                            SearchContext.of(now(), actor.userId(), VisibleProjects.ALL));
        } catch (SearchFault fault) {
            throw ApiException.invalid("query", String.valueOf(fault.getMessage()));
        }
    }

    private static long named(SavedSearch.Details details, LongSupplier change) {
        try {
            return change.getAsLong();
        } catch (DuplicateKeyException _) {
            throw ApiException.conflict("name", "there is a saved search '%s' already".formatted(details.name()));
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static Map<String, Object> recorded(SavedSearch search) {
        SavedSearch.Details details = search.details();
        return Map.of(
                "dataset",
                search.dataset().wireName(),
                "name",
                details.name(),
                "query",
                details.query(),
                "sort",
                details.sort() == null ? "" : details.sort(),
                "shared",
                search.shared());
    }

    private void record(
            Actor actor,
            String action,
            SavedSearch search,
            @Nullable Map<String, Object> before,
            @Nullable Map<String, Object> after) {
        audit.record(
                actor,
                action,
                new AuditLog.Target(
                        "saved_search", search.id(), search.details().name()),
                before,
                after);
    }
}
