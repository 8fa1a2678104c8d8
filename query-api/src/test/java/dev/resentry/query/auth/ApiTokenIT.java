package dev.resentry.query.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.query.RunningApi;
import dev.resentry.query.RunningApi.Reply;
import dev.resentry.query.access.People;
import dev.resentry.query.access.Role;
import dev.resentry.storage.user.User;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ApiTokenIT {
    private static final RunningApi API = RunningApi.shared();
    private static final People PEOPLE = new People(API);
    private static final String TOKENS = "/api/v1/tokens";

    @Test
    void aTokenIsShownOnceAndKeptAsAHashOnly() {
        User user = PEOPLE.user(Role.MEMBER);
        Reply made = PEOPLE.as(
                user, "POST", TOKENS, "{\"name\": \"agent\", \"scopes\": [\"event:read\", \"project:read\"]}");
        String token = made.json().path("token").asString();

        assertThat(made.status()).isEqualTo(201);
        assertThat(token).matches("resentry_[0-9a-f]{64}");
        JsonNode listed = PEOPLE.get(user, TOKENS).json().path(0);
        assertThat(listed.path("token").isNull()).isTrue();
        assertThat(listed.path("name").asString()).isEqualTo("agent");
        assertThat(token).startsWith(listed.path("prefix").asString());
        assertThat(listed.path("last_used_at").isNull()).isTrue();
        assertThat(API.database()
                        .sql("SELECT encode(token_hash, 'hex') FROM api_tokens WHERE id = :id")
                        .param("id", listed.path("id").asLong())
                        .query(String.class)
                        .single())
                .isEqualTo(HexFormat.of().formatHex(new SecretToken(token).hash()));

        assertThat(PEOPLE.withToken(token, "GET", "/api/v1/issues", null).status())
                .isEqualTo(200);
        assertThat(PEOPLE.withToken(token, "PUT", "/api/v1/issues/1", "{\"status\": \"resolved\"}")
                        .json()
                        .path("message")
                        .asString())
                .isEqualTo("The token lacks the scope event:write");
        assertThat(PEOPLE.withToken(token, "GET", TOKENS, null).status())
                .as("a program makes no tokens")
                .isEqualTo(403);
        assertThat(PEOPLE.get(user, TOKENS).json().path(0).path("last_used_at").isNull())
                .isFalse();
    }

    @Test
    void aTokenCanDoNoMoreThanItsUserNow() {
        User user = PEOPLE.user(Role.ADMIN);
        String token = PEOPLE.apiToken(user, Set.of("event:admin", "event:write"));
        assertThat(PEOPLE.withToken(token, "POST", "/api/v1/dead-letters/987654321/retry", "{}")
                        .status())
                .isEqualTo(404);

        API.patch("/api/v1/users/" + user.id(), "{\"role\": \"member\"}");

        assertThat(PEOPLE.withToken(token, "POST", "/api/v1/dead-letters/987654321/retry", "{}")
                        .status())
                .isEqualTo(403);
        assertThat(PEOPLE.withToken(token, "GET", "/api/v1/issues", null).status())
                .isEqualTo(200);
        assertThat(PEOPLE.as(user, "POST", TOKENS, "{\"name\": \"more\", \"scopes\": [\"event:admin\"]}")
                        .json()
                        .path("details")
                        .path("scopes[0]")
                        .asString())
                .isEqualTo("'event:admin' (expected: one that the role member allows)");
    }

    @Test
    void aTokenEndsInTimeOrWhenItIsDeleted() {
        User user = PEOPLE.user(Role.VIEWER);
        JsonNode made = PEOPLE.as(
                        user,
                        "POST",
                        TOKENS,
                        "{\"name\": \"short\", \"scopes\": [\"event:read\"], \"expires_at\": \"%s\"}"
                                .formatted(Instant.now().plusSeconds(3600)))
                .json();
        String token = made.path("token").asString();
        long id = made.path("id").asLong();
        assertThat(PEOPLE.withToken(token, "GET", "/api/v1/issues", null).status())
                .isEqualTo(200);
        API.database()
                .sql("UPDATE api_tokens SET expires_at = now() - interval '1 second' WHERE id = :id")
                .param("id", id)
                .update();
        assertThat(PEOPLE.withToken(token, "GET", "/api/v1/issues", null).status())
                .isEqualTo(401);
        API.database()
                .sql("UPDATE api_tokens SET expires_at = NULL WHERE id = :id")
                .param("id", id)
                .update();

        assertThat(PEOPLE.as(PEOPLE.user(Role.MEMBER), "DELETE", TOKENS + "/" + id, null)
                        .status())
                .as("somebody else's")
                .isEqualTo(404);
        assertThat(PEOPLE.get(PEOPLE.user(Role.MEMBER), TOKENS + "?all=true").status())
                .isEqualTo(403);
        assertThat(API.get(TOKENS + "?all=true").json().findValuesAsString("id"))
                .contains(Long.toString(id));
        assertThat(API.delete(TOKENS + "/" + id).status()).isEqualTo(204);
        assertThat(PEOPLE.withToken(token, "GET", "/api/v1/issues", null).status())
                .isEqualTo(401);
        assertThat(PEOPLE.as(
                                user,
                                "POST",
                                TOKENS,
                                "{\"name\": \"late\", \"scopes\": [\"event:read\"], \"expires_at\": \"2020-01-01T00:00:00Z\"}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void tooManyCallsWithOneTokenAreRefusedForAWhile() {
        User user = PEOPLE.user(Role.VIEWER);
        String token = PEOPLE.apiToken(user, Set.of("org:read"));
        String other = PEOPLE.apiToken(user, Set.of("org:read"));
        Reply last = null;
        for (int i = 0; i <= 600; i++) {
            last = PEOPLE.withToken(token, "GET", "/api/v1/organization", null);
            assertThat(last.status()).isEqualTo(i < 600 ? 200 : 429);
        }

        assertThat(last.json().path("error").asString()).isEqualTo("rate_limited");
        assertThat(Long.parseLong(last.header("Retry-After"))).isBetween(1L, 60L);
        assertThat(PEOPLE.withToken(other, "GET", "/api/v1/organization", null).status())
                .isEqualTo(200);
    }
}
