package dev.resentry.query.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.query.RunningApi;
import dev.resentry.query.RunningApi.Reply;
import dev.resentry.query.StoredRows;
import dev.resentry.query.access.People;
import dev.resentry.query.access.Role;
import dev.resentry.storage.user.User;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Webhooks both ways, and what people want to be told, by the API. */
class WebhooksIT {
    private static final RunningApi API = RunningApi.shared();
    private static final People PEOPLE = new People(API);
    private static final StoredRows ROWS = new StoredRows(API.database());
    private static final String ALERT = """
            {"action":"triggered","data":{"event":{"title":"CartException","web_url":"https://other.example/issues/7/"},\
            "triggered_rule":"Too many"}}""";

    private static JsonNode webhook(String project) {
        Reply made = API.post("/api/v1/webhooks", """
                {"project": %s, "url": "https://hooks.example/x", "form": "sentry", "events": ["issue.created", "alert.fired"]}
                """.formatted(project));
        assertThat(made.status()).as("%s", made.text()).isEqualTo(201);
        return made.json();
    }

    @Test
    void whoOnlyReadsSeesNoQueryOfAUrlAndNeitherDoesTheAuditLog() {
        String url = "https://hooks.example.com/x?token=secret-of-the-hook";
        JsonNode made = API.post(
                        "/api/v1/webhooks",
                        "{\"url\": \"%s\", \"form\": \"lean\", \"events\": [\"issue.created\"]}".formatted(url))
                .json();
        String path = "/api/v1/webhooks/" + made.path("id").asLong();
        User viewer = PEOPLE.user(Role.VIEWER);

        assertThat(API.get(path).json().path("url").asString()).isEqualTo(url);
        assertThat(PEOPLE.as(viewer, "GET", path, null).text()).doesNotContain("secret-of-the-hook");
        assertThat(PEOPLE.as(viewer, "GET", "/api/v1/webhooks", null).text()).doesNotContain("secret-of-the-hook");
        assertThat(API.get("/api/v1/audit-log?limit=200").text())
                .contains("webhook.created")
                .doesNotContain("secret-of-the-hook");
        assertThat(API.delete(path).status()).isEqualTo(204);
    }

    @Test
    void theSecretOfAWebhookIsShownOnceAndNeverAgain() {
        JsonNode made = webhook(String.valueOf(ROWS.project("hooks-once")));

        assertThat(made.path("secret").asString()).hasSize(64);
        String path = "/api/v1/webhooks/" + made.path("id").asLong();
        assertThat(API.get(path).json().path("secret").isNull()).isTrue();
        Reply changed = API.put(path, """
                {"url": "https://hooks.example/y", "form": "lean", "events": ["issue.created"], "enabled": false}
                """);
        assertThat(changed.status()).as("%s", changed.text()).isEqualTo(200);
        assertThat(changed.json().path("enabled").asBoolean()).isFalse();
        assertThat(API.get("/api/v1/audit-log?limit=20").text())
                .doesNotContain(made.path("secret").asString());
        assertThat(API.delete(path).status()).isEqualTo(204);
        assertThat(API.get(path).status()).isEqualTo(404);
    }

    @Test
    void aTestIsADeliveryOfTheWebhookInItsForm() {
        JsonNode made = webhook("null");
        String path = "/api/v1/webhooks/" + made.path("id").asLong();

        Reply tested = API.post(path + "/test", "{}");

        assertThat(tested.status()).as("%s", tested.text()).isEqualTo(202);
        assertThat(API.get(path).json().at("/last/id").asLong())
                .isEqualTo(tested.json().path("delivery").asLong());
        assertThat(API.database()
                        .sql("SELECT target_type FROM deliveries WHERE webhook_id = :id AND kind = 'test'")
                        .param("id", made.path("id").asLong())
                        .query(String.class)
                        .list())
                .containsExactly("sentry_webhook");
    }

    @Test
    void whatIsNoWebhookIsRefusedByTheNameOfItsField() {
        for (String[] wrong : new String[][] {
            {"\"url\": \"ftp://x\", \"form\": \"lean\", \"events\": [\"issue.created\"]", "url"},
            {"\"url\": \"https://x.example\", \"form\": \"odd\", \"events\": [\"issue.created\"]", "form"},
            {"\"url\": \"https://x.example\", \"form\": \"lean\", \"events\": [\"issue.eaten\"]", "events[0]"},
            {"\"url\": \"https://x.example\", \"form\": \"lean\", \"events\": []", "events"}
        }) {
            Reply reply = API.post("/api/v1/webhooks", "{\"project\": null, " + wrong[0] + "}");
            assertThat(reply.status()).as("%s", reply.text()).isEqualTo(400);
            assertThat(reply.text()).contains(wrong[1]);
        }
    }

    @Test
    void whoMayNotChangeTheOrganizationMakesNoWebhookOfAllProjects() {
        var people = new People(API);
        User member = people.user(Role.MEMBER);

        Reply reply = RunningApi.exchange(API.requestOf(member.email(), "/api/v1/webhooks")
                .POST(BodyPublishers.ofString(
                        "{\"url\": \"https://x.example\", \"form\": \"lean\", \"events\": [\"issue.created\"]}")));

        assertThat(reply.status()).isEqualTo(403);
    }

    private static JsonNode source(String name) {
        Reply made = API.post("/api/v1/alert-sources", "{\"name\": \"%s\"}".formatted(name));
        assertThat(made.status()).as("%s", made.text()).isEqualTo(201);
        return made.json();
    }

    private static HttpRequest.Builder hook(long source, String secret, String request, Instant at, String body) {
        return HttpRequest.newBuilder(API.uri("/webhooks/sentry/" + source))
                .header("Content-Type", "application/json")
                .header("Request-ID", request)
                .header("Sentry-Hook-Resource", "event_alert")
                .header("Sentry-Hook-Timestamp", String.valueOf(at.getEpochSecond()))
                .header("Sentry-Hook-Signature", hmac(secret, body))
                .POST(BodyPublishers.ofString(body));
    }

    private static String hmac(String secret, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body.getBytes(UTF_8)));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aSignedAlertIsKeptOnceAndListed() {
        JsonNode source = source("other tracker");
        long id = source.path("id").asLong();
        String secret = source.path("secret").asString();
        String request = UUID.randomUUID().toString();

        Reply first = RunningApi.exchange(hook(id, secret, request, Instant.now(), ALERT));
        Reply again = RunningApi.exchange(hook(id, secret, request, Instant.now(), ALERT));

        assertThat(first.status()).as("%s", first.text()).isEqualTo(200);
        assertThat(again.status()).isEqualTo(200);
        JsonNode listed = API.get("/api/v1/received-alerts?source=" + id).json().path("results");
        assertThat(listed.size()).isEqualTo(1);
        assertThat(listed.get(0).path("title").asString()).isEqualTo("Too many: CartException");
        assertThat(listed.get(0).path("url").asString()).isEqualTo("https://other.example/issues/7/");
        assertThat(API.delete("/api/v1/alert-sources/" + id).status()).isEqualTo(204);
    }

    @Test
    void whatIsNotSignedTooOldTooLargeOrNoJsonIsRefused() {
        JsonNode source = source("refused");
        long id = source.path("id").asLong();
        String secret = source.path("secret").asString();
        Instant now = Instant.now();

        assertThat(RunningApi.exchange(hook(id, "another secret", "a", now, ALERT))
                        .status())
                .isEqualTo(401);
        assertThat(RunningApi.exchange(hook(987_654_321, secret, "b", now, ALERT))
                        .status())
                .isEqualTo(404);
        assertThat(RunningApi.exchange(hook(id, secret, "c", now.minus(Duration.ofMinutes(6)), ALERT))
                        .status())
                .isEqualTo(400);
        assertThat(RunningApi.exchange(hook(id, secret, "d", now, "{garbage")).status())
                .isEqualTo(400);
        assertThat(RunningApi.exchange(hook(id, secret, "e", now, "\"" + "x".repeat(1_048_577) + "\""))
                        .status())
                .isEqualTo(413);
        assertThat(API.get("/api/v1/received-alerts?source=" + id)
                        .json()
                        .path("results")
                        .size())
                .isZero();
    }

    @Test
    void peopleSayOfWhatTheyWantToBeTold() {
        Reply before = API.get("/api/v1/me/notifications");
        assertThat(before.status()).as("%s", before.text()).isEqualTo(200);
        Reply after = API.put("/api/v1/me/notifications", "{\"comments\": false}");

        assertThat(after.json().path("comments").asBoolean()).isFalse();
        assertThat(after.json().path("assigned").asBoolean()).isTrue();
        assertThat(API.get("/api/v1/me/notifications").json()).isEqualTo(after.json());
        API.put("/api/v1/me/notifications", "{\"comments\": true}");
    }
}
