package dev.resentry.query.savedsearch;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Scope;
import dev.resentry.query.schema.WordOf;
import dev.resentry.storage.savedsearch.SavedSearch;
import dev.resentry.storage.savedsearch.SearchedDataset;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A search that somebody keeps.
 *
 * @param sort null for the usual order
 * @param shared whether everybody sees it
 * @param pinned whether who asks wants it first
 * @param createdBy null if whoever made it is no user any more
 * @param mayChange whether who asks may change and delete it
 */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(name = "SavedSearch")
record SavedSearchResponse(
        long id,
        @WordOf(SearchedDataset.class) String dataset,
        String name,
        String query,
        @Nullable String sort,
        boolean shared,
        boolean pinned,
        @Nullable Creator createdBy,
        boolean mayChange,
        Instant createdAt,
        Instant updatedAt) {

    /** Who made a saved search. */
    @Schema(name = "SavedSearchCreator")
    record Creator(long id, String email, String name) {}

    static SavedSearchResponse of(SavedSearch search, Actor actor) {
        SavedSearch.Creator creator = search.creator();
        return new SavedSearchResponse(
                search.id(),
                search.dataset().wireName(),
                search.details().name(),
                search.details().query(),
                search.details().sort(),
                search.shared(),
                search.pinned(),
                creator == null ? null : new Creator(creator.id(), creator.email(), creator.name()),
                mayChange(search, actor),
                search.createdAt(),
                search.updatedAt());
    }

    /** One's own; of those that are shared the ones that one made, and all of them for who looks after the organization. */
    static boolean mayChange(SavedSearch search, Actor actor) {
        return search.shared()
                ? actor.may(Scope.ORG_WRITE) || (search.isOf(actor.userId()) && actor.may(Scope.EVENT_WRITE))
                : search.isOf(actor.userId());
    }
}
