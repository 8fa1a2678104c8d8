package dev.resentry.query.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.query.RunningApi;
import dev.resentry.query.RunningApi.Reply;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class DocsIT {
    private static final RunningApi API = RunningApi.shared();
    private static final Pattern REFERENCE = Pattern.compile("(?:src|href|spec-url)=\"([^\"]+)\"");

    @Test
    void describesEveryRoute() {
        JsonNode document = open("/openapi.json").json();

        assertThat(document.path("openapi").asString()).startsWith("3.1");
        assertThat(document.path("paths").propertyNames())
                .contains(
                        "/api/v1/auth/login",
                        "/api/v1/projects",
                        "/api/v1/projects/{id}",
                        "/api/v1/projects/{id}/keys",
                        "/api/v1/projects/{id}/keys/{keyId}",
                        "/api/v1/projects/{id}/events",
                        "/api/v1/projects/{id}/envelopes",
                        "/api/v1/projects/{id}/person-deletions",
                        "/api/v1/storage",
                        "/api/v1/projects/{id}/transactions",
                        "/api/v1/transactions/{id}",
                        "/api/v1/traces/{traceId}",
                        "/api/projects/events",
                        "/api/v1/jobs",
                        "/api/v1/jobs/{id}",
                        "/api/v1/ledger/balance",
                        "/api/v1/ledger/{id}",
                        "/api/v1/outcomes",
                        "/api/v1/jobs/{id}/pause",
                        "/api/v1/jobs/{id}/resume",
                        "/api/v1/jobs/{id}/cancel",
                        "/api/v1/replays",
                        "/api/v1/replays/{id}",
                        "/api/v1/envelopes/{id}/items/{position}/payload",
                        "/api/v1/envelopes/{id}/raw",
                        "/api/v1/issues/{id}/stats",
                        "/api/v1/issues/{id}/tags",
                        "/api/v1/projects/{id}/stats",
                        "/api/v1/issues",
                        "/api/v1/issues/{id}",
                        "/api/v1/issues/delete",
                        "/api/v1/issues/{id}/activity",
                        "/api/v1/issues/{id}/comments",
                        "/api/v1/issues/{id}/comments/{comment}",
                        "/api/v1/issues/{id}/events/{event}",
                        "/api/v1/events/export",
                        "/api/v1/events/{id}/attachments/{attachment}",
                        "/api/v1/live",
                        "/api/projects",
                        "/api/events",
                        "/api/events/{id}",
                        "/api/groups",
                        "/api/health",
                        "/projects/{organization}/{project}",
                        "/projects/{organization}/{project}/issues",
                        "/issues",
                        "/issues/{id}",
                        "/issues/{id}/events",
                        "/events/{id}",
                        "/events/{id}/stacktrace",
                        "/projects")
                .doesNotContain("/error", "/redoc");
    }

    @Test
    void saysHowToAuthenticate() {
        JsonNode document = open("/openapi.json").json();

        JsonNode scheme = document.path("components").path("securitySchemes").path("bearer");
        assertThat(scheme.path("type").asString()).isEqualTo("http");
        assertThat(scheme.path("scheme").asString()).isEqualTo("bearer");
        assertThat(document.at("/security/0").has("bearer")).isTrue();
        JsonNode login = document.path("paths").path("/api/v1/auth/login").path("post");
        assertThat(login.path("security").isEmpty())
                .as("the login wants no token")
                .isTrue();
    }

    @Test
    void namesFieldsAsTheAnswersDo() {
        JsonNode schemas = open("/openapi.json").json().path("components").path("schemas");

        assertThat(schemas.path("Event").path("properties").propertyNames())
                .contains("issue_id", "received_at", "envelope_id")
                .doesNotContain("issueId");
        assertThat(schemas.path("EventSummary").path("properties").propertyNames())
                .contains("issue_id", "message", "tags")
                .doesNotContain("exception");
        assertThat(schemas.path("Issue").path("properties").propertyNames()).contains("first_seen", "last_release");
        assertThat(schemas.path("ProjectChange").path("properties").propertyNames())
                .contains("allowed_origins", "limits");
        assertThat(schemas.path("Limit").path("properties").propertyNames())
                .contains("categories", "limit", "window_seconds", "reason_code");
    }

    @Test
    void comesAsYamlToo() {
        Reply yaml = open("/openapi.yaml");

        assertThat(yaml.status()).isEqualTo(200);
        assertThat(yaml.text()).startsWith("openapi: 3.1").contains("/api/v1/projects/{id}:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/docs", "/docs/", "/redoc", "/redoc/"})
    void pagesTakeEverythingFromThisHost(String path) {
        Page page = follow(path);

        assertThat(page.reply().status()).isEqualTo(200);
        assertThat(page.reply().header("Content-Type")).startsWith("text/html");
        assertThat(page.reply().header("Content-Security-Policy")).contains("default-src 'self'");
        List<String> references = REFERENCE
                .matcher(page.reply().text())
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
        assertThat(references).isNotEmpty().noneMatch(reference -> reference.contains("//"));
        for (String reference : references) {
            Reply part = open(page.at().resolve(reference).getPath());
            assertThat(part.status()).as(reference).isEqualTo(200);
            assertThat(part.bytes()).as(reference).isNotEmpty();
        }
    }

    @Test
    void swaggerUiReadsOurDocumentAndUsesNoExternalValidator() {
        String script = open("/swagger-ui/swagger-initializer.js").text();
        assertThat(script).doesNotContain("petstore");

        Page page = follow("/docs");
        JsonNode config = open("/openapi/swagger-config").json();
        assertThat(page.at().getPath()).startsWith("/swagger-ui/");
        assertThat(config.path("url").asString()).isIn("/openapi", "/openapi.json");
        assertThat(config.path("validatorUrl").asString("")).isEmpty();
    }

    private record Page(URI at, Reply reply) {}

    private static Page follow(String path) {
        URI at = API.uri(path);
        for (int hops = 0; hops < 4; hops++) {
            Reply reply = RunningApi.exchange(HttpRequest.newBuilder(at).header("Accept", "text/html"));
            if (reply.header("Location").isEmpty()) {
                return new Page(at, reply);
            }
            at = at.resolve(reply.header("Location"));
        }
        throw new AssertionError("too many redirects from " + path);
    }

    private static Reply open(String path) {
        return RunningApi.exchange(HttpRequest.newBuilder(API.uri(path)));
    }
}
