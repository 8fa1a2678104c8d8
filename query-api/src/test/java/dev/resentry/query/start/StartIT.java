package dev.resentry.query.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.query.RunningApi;
import dev.resentry.query.RunningApi.Reply;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class StartIT {
    private static final RunningApi API = RunningApi.shared();
    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    @Test
    void aBrowserIsSentOnToTheWebUi() {
        Reply reply = open(BROWSER);

        assertThat(reply.status()).isEqualTo(302);
        assertThat(reply.header("Location")).isEqualTo("/ui/");
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
        assertThat(reply.header("Vary")).contains("Accept");
    }

    @Test
    void everyOtherClientGetsFactsAsJson() {
        for (String accept : new String[] {"*/*", "application/json"}) {
            Reply reply = open(accept);

            assertThat(reply.header("Content-Type")).startsWith("application/json");
            JsonNode facts = reply.json();
            assertThat(facts.path("name").asString()).isEqualTo("Resentry");
            assertThat(facts.path("version").asString()).matches("\\d+\\.\\d+\\.\\d+.*");
            assertThat(facts.path("status").asString()).isEqualTo("ok");
            assertThat(facts.at("/checks/database/status").asString()).isEqualTo("ok");
            assertThat(facts.path("dsn").asString()).isEqualTo("https://<public key>@errors.example.com/<project id>");
            assertThat(facts.path("documentation").valueStream().map(JsonNode::asString))
                    .containsExactly("/docs", "/redoc", "/openapi.json");
        }
    }

    @Test
    void nothingIsWrittenThere() {
        Reply reply = RunningApi.exchange(HttpRequest.newBuilder(API.uri("/")).POST(BodyPublishers.ofString("{}")));

        assertThat(reply.status()).isEqualTo(405);
        assertThat(RunningApi.exchange(HttpRequest.newBuilder(API.uri("/")).HEAD())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void holdsNoKeyAndNoAddressOfAPerson() {
        String text = open("application/json").text();
        JsonNode projects = API.get("/api/v1/projects").json();

        assertThat(projects.toString()).contains("public_key");
        projects.findValuesAsString("public_key")
                .forEach(key -> assertThat(text).doesNotContain(key));
        assertThat(text).doesNotContain("admin@localhost", RunningApi.PASSWORD);
    }

    private static Reply open(String accept) {
        return RunningApi.exchange(HttpRequest.newBuilder(API.uri("/")).header("Accept", accept));
    }
}
