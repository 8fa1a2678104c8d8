package dev.resentry.model.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            GITHUB   , https://github.com/acme/shop             , /blob/0123abc/src/a%20b.py#L7
            GITLAB   , https://git.example/group/sub/shop       , /-/blob/0123abc/src/a%20b.py#L7
            GITEA    , https://git.example:3000/acme/shop       , /src/commit/0123abc/src/a%20b.py#L7
            BITBUCKET, https://bitbucket.org/acme/shop          , /src/0123abc/src/a%20b.py#lines-7
            """)
    void aLineAtACommitHasTheAddressOfItsProvider(RepositoryProvider provider, String url, String expected) {
        assertThat(new Repository(provider, url, "main").sourceLink(new Revision.Commit("0123abc"), "src/a b.py", 7))
                .isEqualTo(url + expected);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            GITHUB   , https://github.com/acme/shop/blob/feature/a%23b/x.py#L1
            GITLAB   , https://github.com/acme/shop/-/blob/feature/a%23b/x.py#L1
            GITEA    , https://github.com/acme/shop/src/branch/feature/a%23b/x.py#L1
            BITBUCKET, https://github.com/acme/shop/src/feature%2Fa%23b/x.py#lines-1
            """)
    void aBranchKeepsItsSlashesWhereTheProviderDoes(RepositoryProvider provider, String expected) {
        assertThat(shop(provider).sourceLink(new Revision.Branch("feature/a#b"), "x.py", 1))
                .isEqualTo(expected);
    }

    @Test
    void aTagOfGiteaIsSaidToBeOne() {
        assertThat(shop(RepositoryProvider.GITEA).sourceLink(new Revision.Tag("v1.0"), "x.py", 1))
                .endsWith("/src/tag/v1.0/x.py#L1");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            GITHUB   , /commit/abc
            GITLAB   , /-/commit/abc
            GITEA    , /commit/abc
            BITBUCKET, /commits/abc
            """)
    void aCommitHasTheAddressOfItsProvider(RepositoryProvider provider, String expected) {
        assertThat(shop(provider).commitLink("abc")).isEqualTo("https://github.com/acme/shop" + expected);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            GITHUB   , /issues/new?title=50%25%20%26%20more&body=Why%3F%0A%23
            GITLAB   , /-/issues/new?issue%5Btitle%5D=50%25%20%26%20more&issue%5Bdescription%5D=Why%3F%0A%23
            GITEA    , /issues/new?title=50%25%20%26%20more&body=Why%3F%0A%23
            BITBUCKET, /issues/new?title=50%25%20%26%20more&content=Why%3F%0A%23
            """)
    void aFormForATicketIsFilledIn(RepositoryProvider provider, String expected) {
        assertThat(shop(provider).newTicketLink("50% & more", "Why?\n#"))
                .isEqualTo("https://github.com/acme/shop" + expected);
    }

    @ParameterizedTest
    @EnumSource
    void aLongTicketIsCutBetweenCharacters(RepositoryProvider provider) {
        String link = shop(provider).newTicketLink("T".repeat(5_000), "\uD83D\uDE80".repeat(5_000));

        assertThat(link).hasSizeBetween(Repository.MAX_TICKET_LINK - 12, Repository.MAX_TICKET_LINK);
        assertThat(URI.create(link).getQuery()).contains("T".repeat(1_000)).endsWith("\uD83D\uDE80");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "acme/shop",
                "shop",
                "Acme/Shop",
                "github.com/acme/shop",
                "https://github.com/acme/shop.git",
                "http://token@github.com/acme/shop/",
                "git@github.com:acme/shop.git",
                "ssh://git@github.com/acme/shop"
            })
    void aRepositoryIsKnownByTheEndOfItsAddress(String name) {
        assertThat(shop(RepositoryProvider.GITHUB).isNamed(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "op", "other/shop", "acme/shop/more", "gitlab.com/acme/shop"})
    void anotherRepositoryIsNotTakenForIt(String name) {
        assertThat(shop(RepositoryProvider.GITHUB).isNamed(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://github.com/acme/shop/",
                "https://github.com/acme/shop.git",
                " https://github.com/acme/shop"
            })
    void theEndOfAnAddressThatIsForPeopleOrGitIsLeftOut(String url) {
        assertThat(new Repository(RepositoryProvider.GITHUB, url, "main").url())
                .isEqualTo("https://github.com/acme/shop");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "data:text/html,x",
                "ftp://example.com/acme/shop",
                "//github.com/acme/shop",
                "github.com/acme/shop",
                "https://user:secret@github.com/acme/shop",
                "https://user@host_name/acme/shop",
                "https:///acme/shop",
                "https://github.com",
                "https://github.com/",
                "https://github.com/acme/../shop",
                "https://github.com/acme/shop?tab=readme",
                "https://github.com/acme/shop#readme",
                "https://github.com/acme/shop\" onclick=\"x",
                "https://github.com/acme/\nshop",
                ""
            })
    void whatNoLinkCanBeMadeOfIsNoRepository(String url) {
        assertThat(Repository.isAddress(url)).isFalse();
        assertThatThrownBy(() -> new Repository(RepositoryProvider.GITHUB, url, "main"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected: an address");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../other", "a//b", "-x", "a b", "a\nb", "/a", "a/", "a:b", "x/.y"})
    void aBranchThatGitWouldNotTakeIsNone(String branch) {
        assertThatThrownBy(() -> new Repository(RepositoryProvider.GITHUB, "https://github.com/acme/shop", branch))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("branch");
        assertThat(Revision.of(branch)).isEmpty();
    }

    @Test
    void aRefThatLooksLikeAHashIsACommitAndEveryOtherATag() {
        assertThat(Revision.of("0123abc")).contains(new Revision.Commit("0123abc"));
        assertThat(Revision.of("v1.2.3")).contains(new Revision.Tag("v1.2.3"));
    }

    private static Repository shop(RepositoryProvider provider) {
        return new Repository(provider, "https://github.com/acme/shop", "main");
    }
}
