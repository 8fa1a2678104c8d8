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
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Where mail is set up, links are mailed: in the transaction that makes them, and to those who ask for one. */
class MailedLinksIT {
    private static RunningApi api;
    private static People people;

    @BeforeAll
    static void start() {
        Map<String, String> settings = RunningApi.freshSettings();
        settings.put("resentry.mail.host", "mail.example.com");
        settings.put("resentry.mail.from", "Resentry <resentry@example.com>");
        api = RunningApi.start(settings);
        people = new People(api);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @BeforeEach
    void clear() {
        api.database().sql("TRUNCATE deliveries, login_failures").update();
    }

    @Test
    void anInvitationIsMailedAndItsLinkShownToo() {
        String email = UUID.randomUUID() + "@example.com";

        JsonNode made = api.post("/api/v1/invitations", "{\"email\": \"%s\", \"role\": \"member\"}".formatted(email))
                .json();

        assertThat(made.path("mailed").asBoolean()).isTrue();
        assertThat(mailsTo(email))
                .singleElement()
                .asString()
                .contains(made.path("url").asString(), "invites you");
    }

    @Test
    void aLinkOfAnAdministratorIsMailed() {
        User user = people.user(Role.MEMBER);

        JsonNode made = api.post("/api/v1/users/%d/password-reset".formatted(user.id()), "{}")
                .json();

        assertThat(made.path("mailed").asBoolean()).isTrue();
        assertThat(mailsTo(user.email()))
                .singleElement()
                .asString()
                .contains(made.path("url").asString());
    }

    @Test
    void whoHasForgottenThePasswordGetsALinkThatWorks() {
        User user = people.user(Role.MEMBER);

        assertThat(forgotten(user.email()).status()).isEqualTo(202);

        String mail = mailsTo(user.email()).getFirst();
        String token = mail.replaceAll("(?s).*/ui/password-reset/([A-Za-z0-9_-]+).*", "$1");
        assertThat(people.anonymously(
                                "POST",
                                "/api/v1/password-resets/accept",
                                "{\"token\": \"%s\", \"password\": \"my newest password\"}".formatted(token))
                        .status())
                .isEqualTo(204);
    }

    @Test
    void nobodyLearnsWhoHasAnAccount() {
        User user = people.user(Role.MEMBER);

        RunningApi.Reply known = forgotten(user.email());
        RunningApi.Reply unknown = forgotten("nobody@example.com");

        assertThat(unknown.status()).isEqualTo(known.status());
        assertThat(unknown.text()).isEqualTo(known.text());
        assertThat(mailsTo("nobody@example.com")).isEmpty();
    }

    @Test
    void oneAccountGetsThreeMailsAndOneWhoAsksForManyIsStopped() {
        User user = people.user(Role.MEMBER);

        for (int i = 0; i < 5; i++) {
            assertThat(forgotten(user.email()).status()).isEqualTo(202);
        }
        assertThat(mailsTo(user.email())).hasSize(3);
        int status = 202;
        for (int i = 0; i < 20 && status == 202; i++) {
            status = forgotten(i + "@example.com").status();
        }
        assertThat(status).isEqualTo(429);
    }

    @Test
    void howMailIsSentIsShownWithoutThePassword() {
        JsonNode mail = api.get("/api/v1/mail").json();

        assertThat(mail.path("set_up").asBoolean()).isTrue();
        assertThat(mail.path("host").asString()).isEqualTo("mail.example.com");
        assertThat(mail.path("encryption").asString()).isEqualTo("starttls");
        assertThat(mail.has("password")).isFalse();
    }

    @Test
    void mailIsSeenByAdministratorsWithoutItsLinkAndNotSentAgain() {
        User user = people.user(Role.MEMBER);
        forgotten(user.email());
        String path = "/api/v1/deliveries/"
                + api.database()
                        .sql("SELECT max(id) FROM deliveries")
                        .query(Long.class)
                        .single();

        assertThat(people.as(user, "GET", path, null).status()).isEqualTo(404);
        assertThat(people.as(user, "GET", "/api/v1/deliveries", null).json().path("results"))
                .isEmpty();
        assertThat(api.get(path).json().path("kind").asString()).isEqualTo("mail");
        assertThat(api.get(path).text()).doesNotContain("/ui/password-reset/");
        api.database().sql("UPDATE deliveries SET state = 'dead'").update();
        assertThat(api.post(path + "/resend", "").status())
                .as("nothing is kept of it")
                .isEqualTo(409);
    }

    @Test
    void whatIsOfOtherProjectsIsNotThere() {
        long project = new StoredRows(api.database()).project("others");
        long id = api.bean(DeliveryOutbox.class)
                .add(List.of(new NewDelivery(
                        DeliveryKind.ALERT,
                        TargetType.WEBHOOK,
                        "https://hooks.example/in",
                        null,
                        null,
                        project,
                        null,
                        null,
                        null,
                        null,
                        JsonNodeFactory.instance.objectNode().put("subject", "It broke"))))
                .getFirst();
        api.database()
                .sql("UPDATE organization SET members_see_all_projects = false")
                .update();
        User member = people.user(Role.MEMBER);
        try {
            assertThat(people.as(member, "GET", "/api/v1/deliveries/" + id, null)
                            .status())
                    .isEqualTo(404);
            assertThat(people.as(member, "POST", "/api/v1/deliveries/%d/resend".formatted(id), "")
                            .status())
                    .isEqualTo(404);
            assertThat(people.as(member, "GET", "/api/v1/deliveries", null)
                            .json()
                            .path("results"))
                    .isEmpty();
        } finally {
            api.database()
                    .sql("UPDATE organization SET members_see_all_projects = true")
                    .update();
        }
    }

    private static RunningApi.Reply forgotten(String email) {
        return people.anonymously("POST", "/api/v1/password-resets/", "{\"email\": \"%s\"}".formatted(email));
    }

    private static List<String> mailsTo(String email) {
        return api.database()
                .sql(
                        "SELECT content ->> 'text' FROM deliveries WHERE kind = 'mail' AND target_type = 'email' AND target = :email")
                .param("email", email)
                .query(String.class)
                .list();
    }
}
