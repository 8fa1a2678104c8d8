package dev.resentry.query.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.repository.Repository;
import dev.resentry.model.repository.RepositoryProvider;
import dev.resentry.model.repository.Revision;
import dev.resentry.storage.release.ReleaseCommit;
import dev.resentry.storage.release.ReleaseRef;
import dev.resentry.storage.release.ReleaseSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceRevisionsTest {
    private static final Repository SHOP =
            new Repository(RepositoryProvider.GITHUB, "https://github.com/acme/shop", "main");
    private static final String HASH = "0123456789abcdef0123456789abcdef01234567";
    private static final List<ReleaseRef> REFS =
            List.of(new ReleaseRef("acme/docs", "aaaaaaa", null), new ReleaseRef("acme/shop", "bbbbbbb", "ccccccc"));
    private static final List<ReleaseCommit> COMMITS = List.of(commit("ddddddd", "acme/docs"), commit("eeeeeee", null));

    @Test
    void theRefOfTheRepositorySaysMost() {
        assertThat(choose("shop@" + HASH, "v1", REFS, COMMITS)).isEqualTo(new Revision.Commit("bbbbbbb"));
    }

    @Test
    void thenComesWhatTheReleaseWasBuiltFrom() {
        assertThat(choose("shop@" + HASH, "v1", List.of(), COMMITS)).isEqualTo(new Revision.Tag("v1"));
        assertThat(choose("1.0", HASH, List.of(), COMMITS)).isEqualTo(new Revision.Commit(HASH));
    }

    @ParameterizedTest
    @ValueSource(strings = {HASH, "shop@" + HASH, "shop@1.2.3+" + HASH, "nightly+" + HASH})
    void thenAHashInTheVersion(String version) {
        assertThat(choose(version, null, REFS.subList(0, 1), COMMITS)).isEqualTo(new Revision.Commit(HASH));
    }

    @Test
    void thenTheNewestCommitThatMayBeOfTheRepository() {
        assertThat(choose("1.0", null, List.of(), COMMITS)).isEqualTo(new Revision.Commit("eeeeeee"));
    }

    @Test
    void elseTheBranch() {
        assertThat(choose("1.0+45", null, List.of(), COMMITS.subList(0, 1))).isEqualTo(new Revision.Branch("main"));
    }

    @Test
    void whatGitWouldNotTakeIsPassedOver() {
        assertThat(choose("1.0", "../../evil", List.of(new ReleaseRef("shop", "a b", null)), List.of()))
                .isEqualTo(new Revision.Branch("main"));
    }

    private static Revision choose(
            String version, @Nullable String ref, List<ReleaseRef> refs, List<ReleaseCommit> commits) {
        return SourceRevisions.choose(SHOP, version, new ReleaseSource(ref, refs, commits));
    }

    private static ReleaseCommit commit(String id, @Nullable String repository) {
        return new ReleaseCommit(id, repository, null, null, null, null, List.of());
    }
}
