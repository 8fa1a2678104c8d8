package dev.resentry.query.suggest;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.query.savedsearch.Datasets;
import dev.resentry.query.schema.WordOf;
import dev.resentry.storage.savedsearch.SearchedDataset;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What can be typed next into a search bar. */
@NativeApi
@Tag(name = "Searches")
class SuggestController {
    /** A part of a key or value that is longer finds none. */
    private static final int LONGEST = 200;

    private final KeySuggestions keys;
    private final ValueSuggestions values;
    private final ProjectSelection projects;

    SuggestController(KeySuggestions keys, ValueSuggestions values, ProjectSelection projects) {
        this.keys = keys;
        this.values = values;
        this.projects = projects;
    }

    /**
     * What can be searched by.
     *
     * @param kind text, phrase, word, number, duration, size, date, boolean, uuid or assignee for a field; tag for what SDKs sent; key
     *     for {@code has}, whose values are keys
     * @param aliases other names of it
     * @param count of a tag: how many of the issues seen last, or of the newest rows, have it; null for a field
     */
    @Schema(name = "SearchKey")
    record SearchKeyResponse(
            String key,
            String kind,
            List<String> aliases,
            @Nullable Long count) {}

    /**
     * A value of a key.
     *
     * @param label what people call it, if that is something else
     * @param count how often it is there in what was looked at; null if that is not counted
     */
    @Schema(name = "SearchValue")
    record SearchValueResponse(
            String value, @Nullable String label, @Nullable Long count) {}

    /**
     * Lists what can be searched by: the fields of a dataset, then the tags that are most used, at most 100.
     *
     * @param project slugs or ids
     * @param text a part of the name; absent for all
     */
    @Allowed(Scope.EVENT_READ)
    @GetMapping("/api/v1/search/keys")
    List<SearchKeyResponse> keys(
            @RequestParam @WordOf(SearchedDataset.class) String dataset,
            @RequestParam @Nullable List<String> project,
            @RequestParam @Nullable String text,
            Actor actor) {
        return keys.of(Datasets.of(dataset), projects.of(actor, project), part(text));
    }

    /**
     * Lists values of a key, the most frequent first, at most 20: of the newest rows and the issues seen last, not of all.
     *
     * @param key a field or a tag, as {@code /api/v1/search/keys} names it
     * @param project slugs or ids
     * @param text a part of the value; absent for all
     */
    @Allowed(Scope.EVENT_READ)
    @GetMapping("/api/v1/search/values")
    List<SearchValueResponse> values(
            @RequestParam @WordOf(SearchedDataset.class) String dataset,
            @RequestParam String key,
            @RequestParam @Nullable List<String> project,
            @RequestParam @Nullable String text,
            Actor actor) {
        return values.of(Datasets.of(dataset), key, projects.of(actor, project), part(text), actor);
    }

    private static String part(@Nullable String text) {
        if (text != null && text.length() > LONGEST) {
            throw ApiException.invalid(
                    "text", "it has %d characters (expected: at most %d)".formatted(text.length(), LONGEST));
        }
        return text == null ? "" : text;
    }
}
