package dev.resentry.query.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.alert.TargetType;
import dev.resentry.query.RunningApi;
import dev.resentry.query.StoredRows;
import dev.resentry.query.access.People;
import dev.resentry.query.access.Role;
import dev.resentry.storage.delivery.DeliveryKind;
import dev.resentry.storage.delivery.DeliveryOutbox;
import dev.resentry.storage.delivery.NewDelivery;
import dev.resentry.storage.user.User;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What people see of notifications, and what they decide. */
class DeliveriesApiIT {
    private static final RunningApi API = RunningApi.shared();
    private static final People PEOPLE = new People(API);

    private long project;
    private long issue;

    @BeforeEach
    void plant() {
        var rows = new StoredRows(API.database());
        project = rows.project("deliveries-" + UUID.randomUUID().toString().substring(0, 8));
        issue = rows.issue(project, "Checkout failed", Instant.now(), "unresolved");
    }

    @Test
    void deliveriesAreListedByProjectAndStateTheNewestFirst() {
        long first = add(TargetType.WEBHOOK, "https://hooks.example/in?token=hidden", "s3cret");
        long second = add(TargetType.SLACK, "https://hooks.slack.example/services/T1/B2/verysecretpart", null);
        API.database()
                .sql(
                        "UPDATE deliveries SET state = 'dead', last_status = 500, last_answer = 'oops', last_error = 'answered 500' "
                                + "WHERE id = :id")
                .param("id", first)
                .update();

        JsonNode all = API.get("/api/v1/deliveries/?project=" + project).json();
        assertThat(all.path("results").valueStream().map(one -> one.path("id").asLong()))
                .containsExactly(second, first);
        JsonNode dead = API.get("/api/v1/deliveries?state=dead&project=" + project)
                .json()
                .path("results")
                .path(0);
        assertThat(dead.path("id").asLong()).isEqualTo(first);
        assertThat(dead.path("target").asString()).isEqualTo("https://hooks.example/in?…");
        assertThat(dead.path("issue_title").asString()).isEqualTo("Checkout failed");
        assertThat(dead.path("status").asInt()).isEqualTo(500);
        assertThat(dead.path("error").asString()).isEqualTo("answered 500");
        assertThat(API.get("/api/v1/deliveries?project=" + project).text())
                .doesNotContain("hidden", "s3cret", "verysecret");
        JsonNode page = API.get("/api/v1/deliveries?limit=1&project=" + project).json();
        assertThat(API.get("/api/v1/deliveries?limit=1&project=" + project + "&cursor="
                                + page.path("next").asString())
                        .json()
                        .at("/results/0/id")
                        .asLong())
                .isEqualTo(first);
        assertThat(API.get("/api/v1/deliveries?state=lost").json().toString()).contains("expected: waiting, delivered");
    }

    @Test
    void whoOnlySeesSendsNothingAgain() {
        long id = add(TargetType.WEBHOOK, "https://hooks.example/in", null);
        User viewer = PEOPLE.user(Role.VIEWER);

        assertThat(PEOPLE.as(viewer, "POST", "/api/v1/deliveries/%d/resend".formatted(id), "")
                        .status())
                .isEqualTo(403);
        assertThat(PEOPLE.as(viewer, "POST", "/api/v1/deliveries/resend-dead?target=" + "0".repeat(64), "")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void whatWasGivenUpIsSentAgainAndThatIsOnRecord() {
        long id = add(TargetType.WEBHOOK, "https://hooks.example/" + UUID.randomUUID(), null);
        long other = API.database()
                .sql("UPDATE deliveries SET state = 'dead', attempts = 8 WHERE id = :id RETURNING id")
                .param("id", id)
                .query(Long.class)
                .single();

        assertThat(API.post("/api/v1/deliveries/%d/resend".formatted(id), "").status())
                .isEqualTo(202);
        JsonNode again = API.get("/api/v1/deliveries/" + other).json();
        assertThat(again.path("state").asString()).isEqualTo("waiting");
        assertThat(again.path("attempts").asInt()).isZero();
        assertThat(API.post("/api/v1/deliveries/%d/resend".formatted(id), "").status())
                .isEqualTo(409);
        assertThat(API.get("/api/v1/audit-log?action=delivery.resent").text()).contains("It broke");
    }

    @Test
    void allThatIsDeadForATargetIsSentAgain() {
        String url = "https://hooks.example/" + UUID.randomUUID();
        long id = add(TargetType.WEBHOOK, url, null);
        add(TargetType.WEBHOOK, url, null);
        API.database()
                .sql("UPDATE deliveries SET state = 'dead' WHERE target = :url")
                .param("url", url)
                .update();
        String target =
                API.get("/api/v1/deliveries/" + id).json().path("target_id").asString();

        assertThat(API.post("/api/v1/deliveries/resend-dead?target=" + target, "")
                        .json()
                        .path("resent")
                        .asInt())
                .isEqualTo(2);
        assertThat(API.post("/api/v1/deliveries/resend-dead?target=" + target, "")
                        .json()
                        .path("resent")
                        .asInt())
                .isZero();
    }

    @Test
    void withoutAMailServerLinksAreHandedOnAndTestsArePrinted() {
        assertThat(API.get("/api/v1/mail/").json().path("set_up").asBoolean()).isFalse();
        JsonNode test = API.post("/api/v1/mail/", "").json();
        assertThat(API.get(test.path("href").asString()).json().path("kind").asString())
                .isEqualTo("test");
        JsonNode invited = API.post(
                        "/api/v1/invitations",
                        "{\"email\": \"%s@example.com\", \"role\": \"member\"}".formatted(UUID.randomUUID()))
                .json();
        assertThat(invited.path("mailed").asBoolean(true)).isFalse();
        assertThat(PEOPLE.as(PEOPLE.user(Role.MEMBER), "GET", "/api/v1/mail", null)
                        .status())
                .isEqualTo(403);
    }

    private long add(TargetType type, String target, @Nullable String secret) {
        return API.bean(DeliveryOutbox.class)
                .add(List.of(new NewDelivery(
                        DeliveryKind.ALERT,
                        type,
                        target,
                        secret,
                        null,
                        project,
                        issue,
                        null,
                        null,
                        null,
                        JsonNodeFactory.instance.objectNode().put("subject", "It broke"))))
                .getFirst();
    }
}
