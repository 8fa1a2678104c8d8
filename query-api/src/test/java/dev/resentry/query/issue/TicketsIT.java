package dev.resentry.query.issue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.query.RunningApi;
import dev.resentry.query.RunningApi.Reply;
import dev.resentry.query.StoredRows;
import java.net.URLDecoder;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Tickets of issues by the API. */
class TicketsIT {
    private static final Instant SEEN = Instant.parse("2026-11-18T12:00:00Z");
    private static final RunningApi API = RunningApi.shared();
    private static final StoredRows ROWS = new StoredRows(API.database());

    @Test
    void theFormOfTheRepositoryIsFilledInWithWhatIsKnownOfTheIssue() {
        long project = ROWS.project("ticket-form");
        long issue = ROWS.issue(project, "Error: 50% `@everyone`", SEEN, "unresolved");
        assertThat(API.get(path(issue, "ticket-form")).json().path("url").isNull())
                .as("no repository")
                .isTrue();
        API.put("/api/v1/projects/%d/repository".formatted(project), """
                {"settings": {"provider": "github", "url": "https://github.com/acme/shop", "branch": "main", "mappings": []},
                 "revision": 0}
                """);

        String url = API.get(path(issue, "ticket-form")).json().path("url").asString();

        assertThat(url)
                .startsWith("https://github.com/acme/shop/issues/new?title=Error%3A%2050%25%20%60%40everyone%60&body=");
        String body = URLDecoder.decode(url.substring(url.indexOf("&body=") + "&body=".length()), UTF_8);
        assertThat(body)
                .startsWith("`Error: 50%  @everyone`\n")
                .contains("/ui/issues/%d>".formatted(issue))
                .contains("- Where: `shop.cart`")
                .contains("- First release: `1.0`");
    }

    @Test
    void aTicketIsKeptOnceAndToldOfInTheActivity() {
        long issue = issue("ticket-kept");

        Reply first = add(issue, " https://github.com/acme/shop/issues/7 ");
        Reply again = add(issue, "https://github.com/acme/shop/issues/7");
        Reply other = add(issue, "http://tracker.example/browse/SHOP-1?x=\u00fc");

        assertThat(first.status()).as("%s", first.text()).isEqualTo(201);
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(first.json().at("/by/name").asString()).isNotBlank();
        assertThat(list(issue).valueStream().map(ticket -> ticket.path("url").asString()))
                .containsExactly(
                        "https://github.com/acme/shop/issues/7", "http://tracker.example/browse/SHOP-1?x=%C3%BC");
        assertThat(API.delete(path(issue, "tickets/" + first.json().path("id").asLong()))
                        .status())
                .isEqualTo(204);
        assertThat(API.delete(path(issue, "tickets/" + first.json().path("id").asLong()))
                        .status())
                .isEqualTo(404);
        assertThat(list(issue).size()).isEqualTo(1);
        assertThat(list(issue).get(0)).isEqualTo(other.json());
        assertThat(API.get(path(issue, "activity"))
                        .json()
                        .path("results")
                        .valueStream()
                        .map(entry -> "%s from %s to %s"
                                .formatted(
                                        entry.path("kind").asString(),
                                        entry.at("/data/from").asString("nothing"),
                                        entry.at("/data/to").asString("nothing"))))
                .containsExactly(
                        "ticket from https://github.com/acme/shop/issues/7 to nothing",
                        "ticket from nothing to http://tracker.example/browse/SHOP-1?x=%C3%BC",
                        "ticket from nothing to https://github.com/acme/shop/issues/7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "JaVaScRiPt:alert(1)",
                "data:text/html,x",
                "//evil.example/x",
                "SHOP-1",
                "https://me:secret@tracker.example/1",
                "https://tracker.example/\\\" onclick=\\\"x"
            })
    void whatMayNotBecomeALinkIsNoTicket(String url) {
        long issue = issue("ticket-refused-" + UUID.randomUUID());

        Reply reply = add(issue, url);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().at("/details/url").asString()).contains("expected: an address");
        assertThat(list(issue)).isEmpty();
    }

    @Test
    void anIssueHasAtMostFiftyAndATicketOfAnotherIssueIsNotRemoved() {
        long issue = issue("ticket-many");
        long other = issue("ticket-other");
        for (int i = 0; i < 50; i++) {
            add(issue, "https://tracker.example/" + i);
        }

        assertThat(add(issue, "https://tracker.example/50").status()).isEqualTo(400);
        assertThat(API.delete(path(other, "tickets/" + list(issue).at("/0/id").asLong()))
                        .status())
                .isEqualTo(404);
        assertThat(list(issue).size()).isEqualTo(50);
        assertThat(API.get(path(999_999_999, "tickets")).status()).isEqualTo(404);
    }

    private static long issue(String slug) {
        return ROWS.issue(ROWS.project(slug), "Checkout failed", SEEN, "unresolved");
    }

    private static Reply add(long issue, String url) {
        return API.post(path(issue, "tickets"), "{\"url\": \"%s\"}".formatted(url));
    }

    private static JsonNode list(long issue) {
        return API.get(path(issue, "tickets")).json().path("results");
    }

    private static String path(long issue, String what) {
        return "/api/v1/issues/%d/%s".formatted(issue, what);
    }
}
