package dev.resentry.query.savedsearch;

import dev.resentry.query.schema.WordOf;
import dev.resentry.storage.savedsearch.SavedSearch;
import dev.resentry.storage.savedsearch.SearchedDataset;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * What a saved search is to be.
 *
 * @param dataset what is searched; needed for a new one, and cannot be changed
 * @param name no other of the dataset has it, among one's own or among those that are shared
 * @param query in the language of searches
 * @param sort as the list of the dataset takes it; absent for its usual order
 * @param shared true for everybody, false (so if absent) for oneself
 */
@Schema(name = "SavedSearchSettings")
record SavedSearchRequest(
        @Nullable @WordOf(SearchedDataset.class) String dataset,
        @NotBlank @Size(max = 100) String name,

        @NotBlank @Size(max = SavedSearchRequest.LONGEST_QUERY)
        String query,

        @Nullable @Size(max = 100) String sort,
        @Nullable Boolean shared) {
    static final int LONGEST_QUERY = 4_096;

    SavedSearch.Details details() {
        return new SavedSearch.Details(
                name.strip(), query.strip(), sort == null || sort.isBlank() ? null : sort.strip());
    }
}
