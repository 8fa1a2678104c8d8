package dev.resentry.query.explore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.query.CopyStandIn;
import dev.resentry.query.RunningApi;
import dev.resentry.query.RunningApi.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** What is asked of the copy, and what of PostgreSQL. */
@Timeout(120)
class CopyIT {
    private static final RunningApi API = RunningApi.shared();

    @Test
    void eventsOfTheCopyAreListed() {
        JsonNode event =
                API.get("/api/events/clickhouse?limit=1").json().path("results").path(0);

        assertThat(event.path("event_id").asString()).isEqualTo(CopyStandIn.EVENT_ID);
        assertThat(event.path("received_at").asString()).isEqualTo("2026-11-18T11:06:41Z");
        assertThat(event.path("issue_id").asLong()).isEqualTo(7);
        assertThat(event.path("error_type").asString()).isEqualTo("ValueError");
    }

    @Test
    void theCopyIsAskedIfSomebodySaysSoAndItHasAnAnswer() {
        String question = "/api/v1/explore/events?field=id";
        assertThat(ids(question + "&backend=ch")).contains(CopyStandIn.EVENT_ID);
        assertThat(ids(question)).doesNotContain(CopyStandIn.EVENT_ID);
        assertThat(ids(question + "&query=is:unresolved&backend=ch")).doesNotContain(CopyStandIn.EVENT_ID);
    }

    @Test
    void anotherBackEndIsRefused() {
        assertThat(API.get("/api/v1/explore/events?field=id&backend=other")
                        .json()
                        .toString())
                .contains("backend: 'other' (expected: ch or pg)");
    }

    private static String ids(String path) {
        Reply reply = API.get(path);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json().path("data").toString();
    }
}
