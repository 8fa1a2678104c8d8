package dev.resentry.query.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.query.RunningApi;
import dev.resentry.query.RunningApi.Reply;
import dev.resentry.query.access.People;
import dev.resentry.query.access.Role;
import dev.resentry.storage.user.User;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class BrowserSessionIT {
    private static final RunningApi API = RunningApi.shared();
    private static final People PEOPLE = new People(API);

    /** A browser: it sends its cookie, and the token that it was told with what changes something. */
    private record Browser(String cookie, String csrfToken, JsonNode session) {
        static Browser login(User user, String password) {
            Reply reply = PEOPLE.anonymously(
                    "POST",
                    "/api/v1/session",
                    "{\"email\": \"%s\", \"password\": \"%s\"}".formatted(user.email(), password));
            assertThat(reply.status()).as(reply.text()).isEqualTo(200);
            String cookie = reply.header("Set-Cookie");
            return new Browser(
                    cookie.substring(0, cookie.indexOf(';')),
                    reply.json().path("csrf_token").asString(),
                    reply.json());
        }

        Reply send(String method, String path, String json) {
            return send(method, path, json, csrfToken);
        }

        Reply send(String method, String path, String json, String csrf) {
            var request = PEOPLE.request(method, path, json).header("Cookie", cookie);
            return RunningApi.exchange(csrf == null ? request : request.header("X-CSRF-Token", csrf));
        }
    }

    @Test
    void aLoginGivesACookieThatNoScriptReadsAndNoOtherSiteSends() {
        User user = PEOPLE.user(Role.MEMBER);

        Reply reply = PEOPLE.anonymously(
                "POST",
                "/api/v1/session",
                "{\"email\": \"%s\", \"password\": \"%s\"}".formatted(user.email(), People.PASSWORD));
        JsonNode session = reply.json();

        assertThat(reply.header("Set-Cookie"))
                .startsWith("resentry_session=")
                .contains("HttpOnly", "SameSite=Lax", "Path=/")
                .doesNotContain("Secure");
        assertThat(session.path("user").path("email").asString()).isEqualTo(user.email());
        assertThat(session.path("user").path("role").asString()).isEqualTo("member");
        assertThat(session.path("user").path("must_change_password").asBoolean())
                .isFalse();
        assertThat(session.path("organization").path("slug").asString()).isEqualTo("default");
        assertThat(session.path("scopes").toString()).contains("event:write").doesNotContain("event:admin");
        assertThat(session.path("first_login").asBoolean()).isTrue();
        assertThat(Browser.login(user, People.PASSWORD)
                        .session()
                        .path("first_login")
                        .asBoolean())
                .isFalse();
        assertThat(API.database()
                        .sql("SELECT count(*) FROM user_sessions WHERE encode(token_hash, 'escape') LIKE :secret")
                        .param("secret", "%" + reply.header("Set-Cookie").substring(17, 40) + "%")
                        .query(Long.class)
                        .single())
                .as("the secret is kept nowhere")
                .isZero();
    }

    @Test
    void theCookieIsForHttpsOnlyWhereThereIsHttps() {
        User user = PEOPLE.user(Role.VIEWER);

        Reply reply = RunningApi.exchange(PEOPLE.request(
                        "POST",
                        "/api/v1/session",
                        "{\"email\": \"%s\", \"password\": \"%s\"}".formatted(user.email(), People.PASSWORD))
                .header("X-Forwarded-For", "203.0.113.9")
                .header("X-Forwarded-Proto", "https"));

        assertThat(reply.header("Set-Cookie")).contains("; Secure");
    }

    @Test
    void whatChangesSomethingNeedsTheTokenOfTheOwnPages() {
        Browser browser = Browser.login(PEOPLE.user(Role.MEMBER), People.PASSWORD);
        Browser other = Browser.login(PEOPLE.user(Role.MEMBER), People.PASSWORD);
        String change = "{\"name\": \"Ada\"}";

        assertThat(browser.send("GET", "/api/v1/issues", null, null).status()).isEqualTo(200);
        assertThat(browser.send("PATCH", "/api/v1/account", change, null).status())
                .isEqualTo(403);
        assertThat(browser.send("PATCH", "/api/v1/account", change, other.csrfToken())
                        .status())
                .isEqualTo(403);
        assertThat(browser.send("PATCH", "/api/v1/account", change)
                        .json()
                        .path("name")
                        .asString())
                .isEqualTo("Ada");
    }

    @Test
    void sessionsAreListedAndEndedEachAndAll() {
        User user = PEOPLE.user(Role.MEMBER);
        Browser first = Browser.login(user, People.PASSWORD);
        Browser second = Browser.login(user, People.PASSWORD);
        Browser third = Browser.login(user, People.PASSWORD);

        JsonNode sessions = first.send("GET", "/api/v1/account/sessions", null).json();
        assertThat(sessions.size()).isEqualTo(3);
        assertThat(sessions.findValuesAsString("current")).containsOnlyOnce("true");
        assertThat(sessions.path(0).path("ip_address").asString()).isEqualTo("127.0.0.1");
        assertThat(sessions.path(0).path("user_agent").asString()).startsWith("Java-http-client");
        long idOfSecond = second.send("GET", "/api/v1/account/sessions", null)
                .json()
                .valueStream()
                .filter(session -> session.path("current").asBoolean())
                .findFirst()
                .orElseThrow()
                .path("id")
                .asLong();

        assertThat(first.send("DELETE", "/api/v1/account/sessions/" + idOfSecond, null)
                        .status())
                .isEqualTo(204);
        assertThat(second.send("GET", "/api/v1/session", null).status()).isEqualTo(401);
        assertThat(Browser.login(PEOPLE.user(Role.OWNER), People.PASSWORD)
                        .send(
                                "DELETE",
                                "/api/v1/account/sessions/"
                                        + sessions.path(0).path("id").asLong(),
                                null)
                        .status())
                .as("somebody else's")
                .isEqualTo(404);

        Reply end = first.send("DELETE", "/api/v1/session", null);
        assertThat(end.status()).isEqualTo(204);
        assertThat(end.header("Set-Cookie")).startsWith("resentry_session=;").contains("Max-Age=0");
        assertThat(first.send("GET", "/api/v1/session", null).status()).isEqualTo(401);

        String jwt = PEOPLE.jwt(user);
        assertThat(third.send("DELETE", "/api/v1/account/sessions", null).status())
                .isEqualTo(204);
        assertThat(third.send("GET", "/api/v1/session", null).status()).isEqualTo(401);
        assertThat(PEOPLE.withToken(jwt, "GET", "/api/v1/issues", null).status())
                .isEqualTo(401);
    }

    @Test
    void aNewPasswordEndsWhatTheOldOneOpenedButTheSessionThatAsks() {
        User user = PEOPLE.user(Role.MEMBER);
        Browser asks = Browser.login(user, People.PASSWORD);
        Browser other = Browser.login(user, People.PASSWORD);
        String jwt = PEOPLE.jwt(user);

        assertThat(asks.send("PUT", "/api/v1/account/password", change("wrong", "another long one"))
                        .status())
                .isEqualTo(400);
        assertThat(asks.send("PUT", "/api/v1/account/password", change(People.PASSWORD, "short"))
                        .json()
                        .path("details")
                        .path("new_password")
                        .asString())
                .isEqualTo("expected: 10 to 256 characters");
        assertThat(asks.send("PUT", "/api/v1/account/password", change(People.PASSWORD, "another long one"))
                        .status())
                .isEqualTo(204);

        assertThat(asks.send("GET", "/api/v1/session", null).status()).isEqualTo(200);
        assertThat(other.send("GET", "/api/v1/session", null).status()).isEqualTo(401);
        assertThat(PEOPLE.withToken(jwt, "GET", "/api/v1/issues", null).status())
                .isEqualTo(401);
        Browser.login(user, "another long one");
    }

    @Test
    void whoMustChangeThePasswordMayDoNothingElseInABrowser() {
        User user = PEOPLE.user(Role.OWNER);
        API.database()
                .sql("UPDATE users SET must_change_password = true WHERE id = :id")
                .param("id", user.id())
                .update();
        Browser browser = Browser.login(user, People.PASSWORD);

        assertThat(browser.session().path("user").path("must_change_password").asBoolean())
                .isTrue();
        assertThat(browser.send("GET", "/api/v1/issues", null)
                        .json()
                        .path("message")
                        .asString())
                .contains("password");
        browser.send("PUT", "/api/v1/account/password", change(People.PASSWORD, "one of my own choosing"));
        assertThat(browser.send("GET", "/api/v1/issues", null).status()).isEqualTo(200);
    }

    private static String change(String current, String wanted) {
        return "{\"current_password\": \"%s\", \"new_password\": \"%s\"}".formatted(current, wanted);
    }
}
