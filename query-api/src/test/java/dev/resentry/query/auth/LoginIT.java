package dev.resentry.query.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.query.RunningApi;
import dev.resentry.query.RunningApi.Reply;
import dev.resentry.storage.user.User;
import dev.resentry.storage.user.UserStore;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class LoginIT {
    private static final RunningApi API = RunningApi.shared();

    @Test
    void givesATokenThatOpensTheApi() {
        JsonNode answer = login("Admin@LocalHost", RunningApi.PASSWORD).json();

        assertThat(answer.propertyNames()).containsExactlyInAnyOrder("access_token", "token_type", "expires_in");
        assertThat(answer.path("token_type").asString()).isEqualTo("bearer");
        assertThat(answer.path("expires_in").asLong()).isEqualTo(1800);
        assertThat(projectsWith("Bearer " + answer.path("access_token").asString())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void answersAWrongPasswordAndAnUnknownAddressAlike() {
        Reply wrong = login("admin@localhost", "guess");
        Reply unknown = login("nobody@localhost", "guess");

        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.json().path("error").asString()).isEqualTo("unauthorized");
        assertThat(unknown.status()).isEqualTo(401);
        assertThat(unknown.text()).isEqualTo(wrong.text());
    }

    @Test
    void refusesAnEndlessPasswordLikeAnyWrongOne() {
        assertThat(login("admin@localhost", "x".repeat(5000)).status()).isEqualTo(401);
    }

    @Test
    void namesEveryMissingField() {
        Reply reply = API.post("/api/v1/auth/login", "{}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("details").propertyNames()).containsExactlyInAnyOrder("email", "password");
    }

    @Test
    void letsTheBearerOfAnExpiredTokenLogInAgain() {
        Reply reply = RunningApi.exchange(HttpRequest.newBuilder(API.uri("/api/v1/auth/login/"))
                .header("Authorization", "Bearer expired")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body("admin@localhost", RunningApi.PASSWORD))));

        assertThat(reply.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/projects/", "/issues", "/api/projects/events", "/projects", "/nothing/here"})
    void wantsAToken(String path) {
        Reply reply = RunningApi.exchange(HttpRequest.newBuilder(API.uri(path)));

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(reply.header("Content-Type")).startsWith("application/json");
        assertThat(reply.json().propertyNames())
                .containsExactlyInAnyOrder("error", "message", "status_code", "details");
    }

    @Test
    void refusesTokensThatAreExpiredOrSignedBySomeoneElse() {
        Clock yesterday = Clock.fixed(Instant.now().minus(Duration.ofDays(1)), ZoneOffset.UTC);
        String foreign = new AccessTokens("another secret of enough bytes, really", Clock.systemUTC())
                .issue(administrator(), Duration.ofHours(1));
        String expired = new AccessTokens(secret(), yesterday).issue(administrator(), Duration.ofHours(1));
        String valid = new AccessTokens(secret(), Clock.systemUTC()).issue(administrator(), Duration.ofHours(1));

        assertThat(projectsWith("Bearer " + foreign).status()).isEqualTo(401);
        assertThat(projectsWith("Bearer " + expired).status()).isEqualTo(401);
        assertThat(projectsWith("Bearer nonsense").status()).isEqualTo(401);
        assertThat(projectsWith("Basic YTpi").status()).isEqualTo(401);
        assertThat(projectsWith("Bearer " + valid).status()).isEqualTo(200);
    }

    @Test
    void takesATokenForOneRunInThatRunOnly() {
        String ours = API.bean(AccessTokens.class).issueForThisRun(Duration.ofHours(1));
        String ofTheRunBefore = new AccessTokens(secret(), Clock.systemUTC()).issueForThisRun(Duration.ofHours(1));

        assertThat(projectsWith("Bearer " + ours).status()).isEqualTo(200);
        assertThat(projectsWith("Bearer " + ofTheRunBefore).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/health/", "/health/live", "/health/ready", "/health/ready/"})
    void leavesHealthOpen(String path) {
        Reply reply =
                RunningApi.exchange(HttpRequest.newBuilder(API.uri(path)).header("Authorization", "Bearer nonsense"));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("status").asString()).isEqualTo("ok");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/1/envelope/",
                "/api/v1/1/envelope",
                "/api/1/store/",
                "/api/1/minidump/",
                "/api/1/cron/nightly"
            })
    void leavesIngestToTheGateway(String path) {
        Reply reply = RunningApi.exchange(HttpRequest.newBuilder(API.uri(path))
                .header("Authorization", "Sentry sentry_key=a")
                .POST(BodyPublishers.ofString("{}")));

        assertThat(reply.status())
                .as("there is no gateway here, and no guard either")
                .isEqualTo(404);
    }

    private static Reply login(String email, String password) {
        return RunningApi.exchange(HttpRequest.newBuilder(API.uri("/api/v1/auth/login"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body(email, password))));
    }

    private static String body(String email, String password) {
        return "{\"email\": \"%s\", \"password\": \"%s\"}".formatted(email, password);
    }

    private static Reply projectsWith(String authorization) {
        return RunningApi.exchange(
                HttpRequest.newBuilder(API.uri("/api/v1/projects/")).header("Authorization", authorization));
    }

    private static User administrator() {
        return API.bean(UserStore.class).findByEmail("admin@localhost").orElseThrow();
    }

    private static String secret() {
        return API.database()
                .sql("SELECT value FROM installation_secrets WHERE name = 'secret-key'")
                .query(String.class)
                .single();
    }
}
