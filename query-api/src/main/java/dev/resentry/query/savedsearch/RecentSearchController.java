package dev.resentry.query.savedsearch;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.AllowedToPeople;
import dev.resentry.query.access.AuditLog;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.schema.WordOf;
import dev.resentry.storage.savedsearch.RecentSearches;
import dev.resentry.storage.savedsearch.SearchedDataset;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** The searches that somebody made lately in the web UI: of oneself, and no change that the audit log tells of. */
@NativeApi
@Tag(name = "Searches")
class RecentSearchController {
    private final RecentSearches searches;
    private final AuditLog audit;
    private final InstantSource clock;

    RecentSearchController(RecentSearches searches, AuditLog audit, InstantSource clock) {
        this.searches = searches;
        this.audit = audit;
        this.clock = clock;
    }

    /** A search that was just made. */
    @Schema(name = "NewRecentSearch")
    record RecentSearchRequest(
            @NotNull @WordOf(SearchedDataset.class) String dataset,

            @NotBlank @Size(max = SavedSearchRequest.LONGEST_QUERY)
            String query) {}

    /**
     * A search that was made lately.
     *
     * @param searchedAt when last
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "RecentSearch")
    record RecentSearchResponse(String query, Instant searchedAt) {}

    /** Lists one's last 20 searches of a dataset, the newest first. */
    @AllowedToPeople
    @GetMapping("/api/v1/recent-searches")
    List<RecentSearchResponse> list(@RequestParam @WordOf(SearchedDataset.class) String dataset, Actor actor) {
        return searches.list(actor.userId(), Datasets.of(dataset)).stream()
                .map(recent -> new RecentSearchResponse(recent.query(), recent.at()))
                .toList();
    }

    /** Puts a search first among the recent ones. */
    @AllowedToPeople
    @PostMapping("/api/v1/recent-searches")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void note(@Valid @RequestBody RecentSearchRequest request, Actor actor) {
        SearchedDataset dataset = Datasets.of(request.dataset());
        audit.doInTransaction(
                () -> searches.note(actor.userId(), dataset, request.query().strip(), clock.instant()));
    }

    /** Forgets one's recent searches of a dataset. */
    @AllowedToPeople
    @DeleteMapping("/api/v1/recent-searches")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void clear(@RequestParam @WordOf(SearchedDataset.class) String dataset, Actor actor) {
        searches.clear(actor.userId(), Datasets.of(dataset));
    }
}
