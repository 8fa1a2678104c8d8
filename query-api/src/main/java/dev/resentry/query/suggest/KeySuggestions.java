package dev.resentry.query.suggest;

import dev.resentry.query.savedsearch.Datasets;
import dev.resentry.query.suggest.SuggestController.SearchKeyResponse;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.savedsearch.SearchedDataset;
import dev.resentry.storage.search.BoundedReads;
import dev.resentry.storage.search.SearchDataset;
import dev.resentry.storage.suggest.CountedValue;
import dev.resentry.storage.suggest.SampledTable;
import dev.resentry.storage.suggest.SuggestionQueries;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Finds what can be searched by. */
final class KeySuggestions {
    /** Whose values are keys. */
    static final String HAS = "has";

    private static final int MOST_TAGS = 100;

    private final SuggestionQueries suggestions;
    private final BoundedReads reads;
    private final InstantSource clock;

    KeySuggestions(SuggestionQueries suggestions, BoundedReads reads, InstantSource clock) {
        this.suggestions = suggestions;
        this.reads = reads;
        this.clock = clock;
    }

    List<SearchKeyResponse> of(SearchedDataset dataset, VisibleProjects projects, String text) {
        SearchDataset searched = Datasets.searched(dataset);
        String part = text.toLowerCase(Locale.ROOT);
        Stream<SearchKeyResponse> has =
                HAS.contains(part) ? Stream.of(new SearchKeyResponse(HAS, "key", List.of(), null)) : Stream.of();
        Stream<SearchKeyResponse> fields = searched.fields().stream()
                .filter(field -> Stream.concat(Stream.of(field.name()), field.aliases().stream())
                        .anyMatch(name -> name.toLowerCase(Locale.ROOT).contains(part)))
                .map(field -> new SearchKeyResponse(field.name(), field.kind().wireName(), field.aliases(), null));
        Stream<SearchKeyResponse> tags = tags(dataset, projects, text).stream()
                // A tag that a field shadows is not found by its bare name.
                .filter(tag -> searched.field(tag.value()).isEmpty())
                .map(tag -> new SearchKeyResponse(tag.value(), "tag", List.of(), tag.count()));
        return Stream.of(has, fields, tags).flatMap(keys -> keys).toList();
    }

    private List<CountedValue> tags(SearchedDataset dataset, VisibleProjects projects, String text) {
        return reads.within(SampledDataset.TIME, () -> switch (dataset) {
            case ISSUES, EVENTS -> suggestions.tagKeys(projects, text, MOST_TAGS);
            case TRANSACTIONS, LOGS, SPANS -> {
                SampledTable table = SampledDataset.table(dataset);
                yield suggestions.sampledKeys(
                        table, projects, clock.instant().minus(SampledDataset.LOOK_BACK), text, MOST_TAGS);
            }
        });
    }
}
