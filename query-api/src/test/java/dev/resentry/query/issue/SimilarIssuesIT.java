package dev.resentry.query.issue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.query.RunningApi;
import dev.resentry.query.StoredRows;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Issues like another one, by the API. */
class SimilarIssuesIT {
    private static final Instant SEEN = Instant.parse("2026-11-18T12:00:00Z");

    private static final RunningApi API = RunningApi.shared();
    private static final StoredRows ROWS = new StoredRows(API.database());

    @Test
    void theMostSimilarComesFirstAndWhatIsOfAnotherKindNotAtAll() {
        long project = ROWS.project("similar-" + UUID.randomUUID());
        long issue = thrown(project, "ValueError", "no price for the item", "total", "checkout", "serve");
        long moved = thrown(project, "ValueError", "no price for this item", "total", "checkout", "serve");
        long renamed = thrown(project, "PriceError", "no price for the item", "total", "checkout", "serve");
        long elsewhere = thrown(project, "ValueError", "month must be in range", "parse_date", "read_form");
        long otherProject = thrown(
                ROWS.project("similar-" + UUID.randomUUID()),
                "ValueError",
                "no price for the item",
                "total",
                "checkout",
                "serve");

        JsonNode answer = API.get("/api/v1/issues/%d/similar".formatted(issue)).json();

        assertThat(answer.path("comparable").asBoolean()).isTrue();
        assertThat(answer.path("compared").asInt()).isEqualTo(3);
        assertThat(ids(answer)).containsExactly(moved, renamed).doesNotContain(elsewhere, otherProject);
        JsonNode first = answer.at("/results/0");
        assertThat(first.path("score").asDouble()).isBetween(0.8, 1.0);
        assertThat(first.path("type").asDouble()).isEqualTo(1);
        assertThat(first.path("frames").asDouble()).isEqualTo(1);
        assertThat(first.path("message").asDouble()).isBetween(0.3, 0.95);
        assertThat(answer.at("/results/1/type").asDouble()).isZero();
        assertThat(ids(API.get("/api/v1/issues/%d/similar?limit=1".formatted(issue))
                        .json()))
                .containsExactly(moved);
    }

    @Test
    void messagesAreHeldAgainstThoseThatBeginAlike() {
        long project = ROWS.project("similar-" + UUID.randomUUID());
        long issue = logged(project, "Payment of order 17 was refused by the bank");
        long other = logged(project, "Payment of order 18 was refused by the provider");
        long another = logged(project, "Payment page opened");
        logged(project, "Cart is empty");

        JsonNode answer = API.get("/api/v1/issues/%d/similar".formatted(issue)).json();

        assertThat(answer.path("compared").asInt()).isEqualTo(2);
        assertThat(ids(answer)).containsExactly(other).doesNotContain(another);
        assertThat(answer.at("/results/0/type").isNull()).isTrue();
        assertThat(answer.at("/results/0/frames").isNull()).isTrue();
    }

    @Test
    void withoutAnEventNothingCanBeCompared() {
        long project = ROWS.project("similar-" + UUID.randomUUID());
        long issue = ROWS.issue(project, "Counted only", SEEN, "unresolved");

        JsonNode answer = API.get("/api/v1/issues/%d/similar".formatted(issue)).json();

        assertThat(answer.path("comparable").asBoolean()).isFalse();
        assertThat(answer.path("results")).isEmpty();
    }

    @Test
    void theIssueMustExistAndTheLimitBeOne() {
        long project = ROWS.project("similar-" + UUID.randomUUID());
        long issue = logged(project, "Payment refused");
        assertThat(API.get("/api/v1/issues/987654321/similar").status()).isEqualTo(404);
        assertThat(API.get("/api/v1/issues/%d/similar?limit=51".formatted(issue))
                        .json()
                        .toString())
                .contains("limit", "1 to 50");
    }

    private static List<Long> ids(JsonNode answer) {
        return answer.path("results")
                .valueStream()
                .map(result -> result.path("issue").path("id").asLong())
                .toList();
    }

    private static long thrown(long project, String type, String value, String... functions) {
        long issue = ROWS.issue(project, type + ": " + value, SEEN, "unresolved");
        API.database()
                .sql("UPDATE issues SET error_type = :type, culprit = :culprit WHERE id = :id")
                .param("type", type)
                .param("culprit", "shop.cart in " + functions[0])
                .param("id", issue)
                .update();
        ObjectNode event = JsonMapper.shared().createObjectNode().put("platform", "python");
        ObjectNode exception = event.putObject("exception").putArray("values").addObject();
        exception.put("type", type).put("value", value);
        var frames = exception.putObject("stacktrace").putArray("frames");
        for (int i = functions.length - 1; i >= 0; i--) {
            frames.addObject()
                    .put("module", "shop.cart")
                    .put("filename", "shop/cart.py")
                    .put("function", functions[i])
                    .put("lineno", 10 + i)
                    .put("in_app", true);
        }
        return stored(project, issue, event);
    }

    private static long logged(long project, String message) {
        long issue = ROWS.issue(project, message, SEEN, "unresolved");
        API.database()
                .sql("UPDATE issues SET culprit = NULL WHERE id = :id")
                .param("id", issue)
                .update();
        ObjectNode event = JsonMapper.shared().createObjectNode().put("platform", "python");
        event.putObject("logentry").put("message", message).put("formatted", message);
        return stored(project, issue, event);
    }

    private static long stored(long project, long issue, ObjectNode event) {
        ROWS.event(project, issue, StoredRows.envelopeId(SEEN), SEEN, event.toString());
        return issue;
    }
}
