package dev.resentry.query.repository;

import dev.resentry.model.repository.PathMapping;
import dev.resentry.model.repository.PathMappings;
import dev.resentry.model.repository.Repository;
import dev.resentry.model.repository.RepositoryProvider;
import dev.resentry.model.repository.Revision;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.schema.WordOf;
import dev.resentry.storage.repository.StoredRepository;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The repository of a project.
 *
 * @param provider what shows it on the web
 * @param url its address there
 * @param branch what links lead to if no commit of a release is known
 * @param mappings which folder is what frames call otherwise; of those that match a path, the one with the longest {@code from} holds
 */
record RepositorySettings(
        @NotNull @WordOf(RepositoryProvider.class) String provider,
        @NotBlank @Size(max = 2_000) String url,
        @NotBlank @Size(max = 250) String branch,
        @NotNull @Size(max = MAX_MAPPINGS) List<@NotNull @Valid Mapping> mappings) {
    private static final int MAX_MAPPINGS = 50;

    /**
     * A folder.
     *
     * @param from how paths of frames begin; empty for every relative path
     * @param to the folder in the repository; empty for its root
     */
    @Schema(name = "PathMapping")
    record Mapping(
            @NotNull @Size(max = 500) String from,
            @NotNull @Size(max = 500) String to) {}

    static RepositorySettings of(StoredRepository stored) {
        return new RepositorySettings(
                stored.repository().provider().wireName(),
                stored.repository().url(),
                stored.repository().branch(),
                stored.mappings().mappings().stream()
                        .map(mapping -> new Mapping(mapping.from(), mapping.to()))
                        .toList());
    }

    /** @throws ApiException if a word is none, or no link can be made of the address or the branch */
    Repository repository() {
        RepositoryProvider known = RepositoryProvider.of(provider)
                .orElseThrow(() -> ApiException.invalid(
                        "settings.provider",
                        "'%s' (expected: %s)"
                                .formatted(
                                        provider,
                                        Arrays.stream(RepositoryProvider.values())
                                                .map(RepositoryProvider::wireName)
                                                .collect(Collectors.joining(", ")))));
        if (!Repository.isAddress(url)) {
            throw ApiException.invalid("settings.url", "'%s' (%s)".formatted(url, Repository.ADDRESS_RULE));
        }
        if (!Revision.isName(branch)) {
            throw ApiException.invalid("settings.branch", "'%s' (%s)".formatted(branch, Revision.NAME_RULE));
        }
        return new Repository(known, url, branch);
    }

    /** @throws ApiException if two are about the same paths */
    PathMappings pathMappings() {
        List<PathMapping> all = mappings.stream()
                .map(mapping -> new PathMapping(mapping.from(), mapping.to()))
                .toList();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < all.size(); i++) {
            if (!seen.add(all.get(i).from())) {
                throw ApiException.invalid(
                        "settings.mappings[%d].from".formatted(i),
                        "'%s' is there twice".formatted(all.get(i).from()));
            }
        }
        return new PathMappings(all);
    }
}
