package dev.resentry.storage.search;

import static dev.resentry.storage.search.SearchField.computed;

import java.util.List;

/** The fields of a release, and of what its version is made of. */
final class ReleaseFields {
    private ReleaseFields() {}

    static List<SearchField> of(String version, String project) {
        return List.of(
                computed(SearchKind.TEXT, new ReleaseTerms(version, project), "release")
                        .withWords(List.of(ReleaseTerms.LATEST)),
                computed(SearchKind.TEXT, new ReleaseVersionTerms(version, project), "release.version"),
                SearchField.column(
                        SearchKind.TEXT, "substring(%s FROM '^(.[^@]*)@.')".formatted(version), "release.package"),
                computed(
                        SearchKind.TEXT,
                        new BuildTerms("substring(%s FROM '[+]([^+]+)$')".formatted(version)),
                        "release.build"),
                computed(SearchKind.WORD, new ReleaseStageTerms(version, project), "release.stage")
                        .withWords(ReleaseStageTerms.WORDS));
    }
}
