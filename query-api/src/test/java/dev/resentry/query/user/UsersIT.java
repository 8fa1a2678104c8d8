package dev.resentry.query.user;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.query.RunningApi;
import dev.resentry.query.RunningApi.Reply;
import dev.resentry.query.access.People;
import dev.resentry.query.access.Role;
import dev.resentry.storage.user.User;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class UsersIT {
    private static final RunningApi API = RunningApi.shared();
    private static final People PEOPLE = new People(API);

    @Test
    void whoFollowsAnInvitationBecomesAUserOfItsTeams() {
        String slug = "team-" + UUID.randomUUID().toString().substring(0, 8);
        API.post("/api/v1/teams", "{\"slug\": \"%s\", \"name\": \"Team\"}".formatted(slug));
        String email = UUID.randomUUID() + "@example.com";
        JsonNode made = invite(email, "member", slug).json();
        String url = made.path("url").asString();

        assertThat(url).startsWith("https://errors.example.com/ui/invitation/");
        assertThat(API.get("/api/v1/invitations").json().path(0).path("email").asString())
                .isEqualTo(email);
        assertThat(API.get("/api/v1/invitations").text()).doesNotContain(token(url));
        JsonNode preview = PEOPLE.anonymously("GET", "/api/v1/invitations/by-token/" + token(url), null)
                .json();
        assertThat(preview.path("email").asString()).isEqualTo(email);
        assertThat(preview.path("role").asString()).isEqualTo("member");

        assertThat(accept(token(url), "tooshort").status()).isEqualTo(400);
        assertThat(accept(token(url), "quite long enough").status()).isEqualTo(201);
        assertThat(accept(token(url), "quite long enough").status())
                .as("a link is good once")
                .isEqualTo(404);
        assertThat(login(email, "quite long enough").status()).isEqualTo(200);
        JsonNode user = API.get("/api/v1/users")
                .json()
                .valueStream()
                .filter(one -> one.path("email").asString().equals(email))
                .findFirst()
                .orElseThrow();
        assertThat(user.path("name").asString()).isEqualTo("Ada");
        assertThat(user.path("teams").path(0).asString()).isEqualTo(slug);
        assertThat(invite(email, "member", slug).status()).as("is one already").isEqualTo(409);
    }

    @Test
    void anInvitationEndsWhenItIsTakenBackReplacedOrTooOld() {
        String email = UUID.randomUUID() + "@example.com";
        String first = token(invite(email, "viewer").json().path("url").asString());
        JsonNode second = invite(email.toUpperCase(Locale.ROOT), "viewer").json();
        assertThat(accept(first, "quite long enough").status()).isEqualTo(404);
        assertThat(API.delete("/api/v1/invitations/" + second.path("id").asLong())
                        .status())
                .isEqualTo(204);
        assertThat(accept(token(second.path("url").asString()), "quite long enough")
                        .status())
                .isEqualTo(404);

        JsonNode third = invite(email, "viewer").json();
        API.database()
                .sql("UPDATE invitations SET expires_at = now() WHERE id = :id")
                .param("id", third.path("id").asLong())
                .update();
        assertThat(accept(token(third.path("url").asString()), "quite long enough")
                        .status())
                .isEqualTo(404);
        assertThat(invite(email, "king").status()).isEqualTo(400);
        assertThat(invite(email, "viewer", "no-such-team").status()).isEqualTo(400);
    }

    @Test
    void aLinkOfAnAdministratorSetsANewPasswordOnce() {
        User user = PEOPLE.user(Role.MEMBER);
        String jwt = PEOPLE.jwt(user);
        String path = "/api/v1/users/" + user.id() + "/password-reset";
        String old = token(API.post(path, "{}").json().path("url").asString());
        String url = API.post(path, "{}").json().path("url").asString();

        assertThat(url).startsWith("https://errors.example.com/ui/password-reset/");
        assertThat(reset(old, "my newest password").status()).as("replaced").isEqualTo(404);
        assertThat(login(user.email(), People.PASSWORD).status())
                .as("until it is followed, nothing changes")
                .isEqualTo(200);
        assertThat(reset(token(url), "my newest password").status()).isEqualTo(204);
        assertThat(reset(token(url), "my newest password").status()).isEqualTo(404);
        assertThat(login(user.email(), People.PASSWORD).status()).isEqualTo(401);
        assertThat(login(user.email(), "my newest password").status()).isEqualTo(200);
        assertThat(PEOPLE.withToken(jwt, "GET", "/api/v1/issues", null).status())
                .isEqualTo(401);
    }

    @Test
    void onlyOwnersTouchOwnersAndAppointThem() {
        User owner = PEOPLE.user(Role.OWNER);
        User admin = PEOPLE.user(Role.ADMIN);
        User member = PEOPLE.user(Role.MEMBER);
        String ofOwner = "/api/v1/users/" + owner.id();
        String ofMember = "/api/v1/users/" + member.id();

        assertThat(PEOPLE.as(admin, "PATCH", ofOwner, "{\"active\": false}").status())
                .isEqualTo(403);
        assertThat(PEOPLE.as(admin, "DELETE", ofOwner, null).status()).isEqualTo(403);
        assertThat(PEOPLE.as(admin, "POST", ofOwner + "/password-reset", "{}").status())
                .isEqualTo(403);
        assertThat(PEOPLE.as(admin, "PATCH", ofMember, "{\"role\": \"owner\"}").status())
                .isEqualTo(403);
        assertThat(PEOPLE.as(
                                admin,
                                "POST",
                                "/api/v1/invitations",
                                "{\"email\": \"new@example.com\", \"role\": \"owner\"}")
                        .status())
                .isEqualTo(403);
        assertThat(PEOPLE.as(admin, "PATCH", ofMember, "{\"role\": \"viewer\", \"name\": \"Eve\"}")
                        .json()
                        .path("role")
                        .asString())
                .isEqualTo("viewer");
        assertThat(PEOPLE.as(owner, "PATCH", ofMember, "{\"role\": \"owner\"}").status())
                .isEqualTo(200);
    }

    @Test
    void theLastOwnerStays() {
        // Those of other tests step back for as long as this takes.
        var others = API.database()
                .sql("UPDATE users SET role = 'admin' WHERE role = 'owner' RETURNING id")
                .query(Long.class)
                .list();
        User last = PEOPLE.user(Role.OWNER);
        String path = "/api/v1/users/" + last.id();
        try {
            assertThat(PEOPLE.as(last, "PATCH", path, "{\"role\": \"admin\"}").status())
                    .isEqualTo(409);
            assertThat(PEOPLE.as(last, "PATCH", path, "{\"active\": false}").status())
                    .isEqualTo(409);
            assertThat(PEOPLE.as(last, "DELETE", path, null).status()).isEqualTo(409);
            PEOPLE.user(Role.OWNER);
            assertThat(PEOPLE.as(last, "DELETE", path, null).status()).isEqualTo(204);
        } finally {
            API.database()
                    .sql("UPDATE users SET role = 'owner' WHERE id = ANY (:ids)")
                    .param("ids", others.toArray(Long[]::new))
                    .update();
        }
    }

    private static Reply invite(String email, String role, String... teams) {
        String slugs = teams.length == 0 ? "" : "\"" + String.join("\", \"", teams) + "\"";
        return API.post(
                "/api/v1/invitations",
                "{\"email\": \"%s\", \"role\": \"%s\", \"teams\": [%s]}".formatted(email, role, slugs));
    }

    private static String token(String url) {
        return url.substring(url.lastIndexOf('/') + 1);
    }

    private static Reply accept(String token, String password) {
        return PEOPLE.anonymously(
                "POST",
                "/api/v1/invitations/accept",
                "{\"token\": \"%s\", \"name\": \"Ada\", \"password\": \"%s\"}".formatted(token, password));
    }

    private static Reply reset(String token, String password) {
        return PEOPLE.anonymously(
                "POST",
                "/api/v1/password-resets/accept",
                "{\"token\": \"%s\", \"password\": \"%s\"}".formatted(token, password));
    }

    private static Reply login(String email, String password) {
        return PEOPLE.anonymously(
                "POST", "/api/v1/auth/login", "{\"email\": \"%s\", \"password\": \"%s\"}".formatted(email, password));
    }
}
