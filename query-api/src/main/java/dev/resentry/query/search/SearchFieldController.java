package dev.resentry.query.search;

import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.schema.WordOf;
import dev.resentry.storage.search.SearchDataset;
import dev.resentry.storage.search.SearchField;
import dev.resentry.storage.search.SearchKind;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What queries of the search language can be made of. */
@NativeApi
@Tag(name = "Search")
class SearchFieldController {

    /**
     * A field of a dataset.
     *
     * @param aliases other names of it; case, dashes and underscores do not matter besides
     * @param kind decides which operators and values it takes
     * @param words all values that it can have if it is a word, and values of a meaning of their own if it is not
     */
    @Schema(name = "SearchField")
    record SearchFieldResponse(
            String name,
            List<String> aliases,
            @WordOf(SearchKind.class) String kind,
            List<String> words) {
        static SearchFieldResponse of(SearchField field) {
            return new SearchFieldResponse(
                    field.name(), field.aliases(), field.kind().wireName(), field.words());
        }
    }

    /** @param fields every other key is that of a tag, or of an attribute of logs and spans */
    record SearchFields(String dataset, List<SearchFieldResponse> fields) {}

    /**
     * Lists the fields that queries on a dataset know.
     *
     * @param dataset issues, events, transactions, logs or spans
     */
    @Allowed(Scope.EVENT_READ)
    @Operation(operationId = "listSearchFields")
    @GetMapping("/api/v1/search/fields")
    SearchFields fields(@RequestParam String dataset) {
        SearchDataset wanted = SearchDataset.of(dataset)
                .orElseThrow(() -> ApiException.invalid(
                        "dataset", "'%s' (expected: %s)".formatted(dataset, String.join(", ", SearchDataset.names()))));
        return new SearchFields(
                wanted.name(),
                wanted.fields().stream().map(SearchFieldResponse::of).toList());
    }
}
