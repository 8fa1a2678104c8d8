package dev.resentry.query.sentry;

import dev.resentry.storage.release.DeploymentStore;
import dev.resentry.storage.release.DeploymentStore.Latest;
import dev.resentry.storage.release.ReleaseQueries;
import dev.resentry.storage.release.StoredRelease;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes answers of stored releases, those of one version together. */
final class SentryReleases {
    private final ReleaseQueries releases;
    private final DeploymentStore deployments;

    SentryReleases(ReleaseQueries releases, DeploymentStore deployments) {
        this.releases = releases;
        this.deployments = deployments;
    }

    SentryRelease answer(List<StoredRelease> same) {
        return answers(same).getFirst();
    }

    /** In the order in which their versions first occur. */
    List<SentryRelease> answers(List<StoredRelease> found) {
        Map<Long, List<Latest>> latest =
                deployments.latest(found.stream().map(StoredRelease::id).toList());
        return found.stream()
                .collect(Collectors.groupingBy(StoredRelease::version, LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(same -> SentryRelease.of(
                        same,
                        same.stream()
                                .map(one -> latest.getOrDefault(one.id(), List.of()))
                                .flatMap(Collection::stream)
                                .toList(),
                        same.stream()
                                .filter(one -> one.commits() > 0)
                                .findFirst()
                                .flatMap(one -> releases.commits(one.id(), 0, 1).stream()
                                        .findFirst())
                                .orElse(null)))
                .toList();
    }
}
