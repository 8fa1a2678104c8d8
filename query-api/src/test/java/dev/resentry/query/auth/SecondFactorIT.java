package dev.resentry.query.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.query.RunningApi;
import dev.resentry.query.RunningApi.Reply;
import dev.resentry.query.access.People;
import dev.resentry.query.access.Role;
import dev.resentry.storage.user.User;
import dev.resentry.storage.user.UserStore;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

class SecondFactorIT {
    private static final RunningApi API = RunningApi.shared();
    private static final People PEOPLE = new People(API);
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String PATH = "/api/v1/account/second-factor";

    private final User user = PEOPLE.user(Role.MEMBER);

    @Test
    void isOnOnlyOnceACodeOfTheAppWasRight() {
        assertThat(post("", Map.of("password", "wrong")).status()).isEqualTo(400);
        AuthenticatorApp app = begin();
        assertThat(state()).isEqualTo("{\"on\":false,\"recovery_codes_left\":0}");
        assertThat(login(null).status())
                .as("an app that nobody has set up locks nobody out")
                .isEqualTo(200);

        assertThat(post("/confirm", Map.of("code", "000000x"))
                        .json()
                        .at("/details/code")
                        .asString())
                .startsWith("not the code of now");
        List<String> recovery = confirm(app);

        assertThat(recovery).hasSize(10).doesNotHaveDuplicates().allMatch(code -> code.matches("(\\w{4}-){3}\\w{4}"));
        assertThat(state()).isEqualTo("{\"on\":true,\"recovery_codes_left\":10}");
        assertThat(post("", Map.of("password", People.PASSWORD)).status())
                .as("is on already")
                .isEqualTo(409);
        assertThat(API.get("/api/v1/users")
                        .json()
                        .valueStream()
                        .filter(one -> one.path("id").asLong() == user.id())
                        .allMatch(one -> one.path("second_factor").asBoolean()))
                .isTrue();
    }

    @Test
    void aLoginSaysThatACodeIsMissingAndTakesEachOnce() {
        AuthenticatorApp app = begin();
        List<String> recovery = confirm(app);

        Reply missing = login(null);
        assertThat(missing.status()).isEqualTo(401);
        assertThat(missing.json().path("error").asString()).isEqualTo("second_factor_required");
        assertThat(missing.json().path("details").propertyNames()).containsExactly("code");
        assertThat(PEOPLE.anonymously("POST", "/api/v1/session", body("wrong", null))
                        .json()
                        .path("error")
                        .asString())
                .as("who does not know the password learns nothing of codes")
                .isEqualTo("unauthorized");
        assertThat(login(app.code(0)).status()).as("the code that confirmed it").isEqualTo(401);
        assertThat(login(app.code(1)).status()).as("the next one").isEqualTo(200);
        assertThat(login(app.code(1)).json().at("/details/code").asString()).contains("used before");

        assertThat(login(recovery.getFirst().toUpperCase(Locale.ROOT).replace('-', ' '))
                        .status())
                .as("however it is typed")
                .isEqualTo(200);
        assertThat(login(recovery.getFirst()).status()).isEqualTo(401);
        assertThat(PEOPLE.anonymously("POST", "/api/v1/auth/login", body(People.PASSWORD, recovery.get(1)))
                        .status())
                .isEqualTo(200);
        assertThat(state()).contains("\"recovery_codes_left\":8");
    }

    @Test
    void whoKnowsThePasswordCannotGuessCodesWithoutEnd() {
        confirm(begin());
        for (int i = 0; i < LoginThrottle.PER_ACCOUNT; i++) {
            assertThat(login("11111" + i).status()).isEqualTo(401);
            if (i == 0) {
                assertThat(login(null).json().path("error").asString())
                        .as("the right password alone forgets no failure")
                        .isEqualTo("second_factor_required");
            }
        }

        assertThat(login("123456").status()).isEqualTo(429);
    }

    @Test
    void guessesAtTheFirstCodeAreBoundedLikeThoseOfALogin() {
        AuthenticatorApp app = begin();
        for (int i = 0; i < LoginThrottle.PER_ACCOUNT; i++) {
            assertThat(post("/confirm", Map.of("code", "11111" + i)).status()).isEqualTo(400);
        }

        Reply late = post("/confirm", Map.of("code", app.code(0)));

        assertThat(late.status()).isEqualTo(429);
        assertThat(late.header("Retry-After")).isNotNull();
        assertThat(login(null).status()).as("they are attempts at the account").isEqualTo(429);
        // All tests come from one address, which has a limit too.
        API.database().sql("TRUNCATE login_failures").update();
    }

    @Test
    void aSecretThatNobodyConfirmsIsGoodForTenMinutes() {
        AuthenticatorApp app = begin();
        API.database()
                .sql("UPDATE second_factors SET created_at = created_at - interval '11 minutes' WHERE user_id = :id")
                .param("id", user.id())
                .update();

        Reply late = post("/confirm", Map.of("code", app.code(0)));

        assertThat(late.status()).isEqualTo(409);
        assertThat(late.text()).contains("begin anew");
        assertThat(confirm(begin())).hasSize(10);
    }

    @Test
    void whereItIsRequiredNothingElseIsDoneBefore() {
        String program = PEOPLE.apiToken(user, Set.of("event:read"));
        assertThat(API.patch("/api/v1/organization", "{\"requires_second_factor\": true}")
                        .json()
                        .path("requires_second_factor")
                        .asBoolean())
                .isTrue();
        try {
            assertThat(API.get("/api/v1/issues").text())
                    .as("who asks for it too")
                    .contains("A second factor has to be set up first");
            assertThat(PEOPLE.get(user, "/api/v1/issues").status()).isEqualTo(403);
            assertThat(PEOPLE.as(user, "POST", "/api/v1/tokens", "{\"name\": \"a\", \"scopes\": [\"event:read\"]}")
                            .status())
                    .isEqualTo(403);
            assertThat(PEOPLE.withToken(program, "GET", "/api/v1/issues", null).status())
                    .as("tokens of programs go on")
                    .isEqualTo(200);
            assertThat(login(null).json().at("/user/must_set_up_second_factor").asBoolean())
                    .isTrue();

            confirm(begin());

            assertThat(PEOPLE.get(user, "/api/v1/issues").status()).isEqualTo(200);
            assertThat(PEOPLE.get(user, "/api/v1/session")
                            .json()
                            .at("/user/must_set_up_second_factor")
                            .asBoolean())
                    .isFalse();
        } finally {
            API.database()
                    .sql("UPDATE organization SET requires_second_factor = false")
                    .update();
        }
        assertThat(API.get("/api/v1/audit-log?action=organization.changed")
                        .json()
                        .at("/results/0/after/requires_second_factor")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void aChangeOfSomethingElseAtTheSameTimeDoesNotSwitchTheRequirementOff() {
        String name = API.get("/api/v1/organization").json().path("name").asString();
        var transaction = new TransactionTemplate(API.bean(PlatformTransactionManager.class));
        try {
            CompletableFuture<Reply> other = transaction.execute(_ -> {
                API.database()
                        .sql("UPDATE organization SET requires_second_factor = true")
                        .update();
                CompletableFuture<Reply> change = CompletableFuture.supplyAsync(
                        () -> API.patch("/api/v1/organization", "{\"name\": \"%s\"}".formatted(name)));
                await().until(SecondFactorIT::somebodyWaitsForTheOrganization);
                return change;
            });

            assertThat(other.join().status()).isEqualTo(200);
            assertThat(API.database()
                            .sql("SELECT requires_second_factor FROM organization")
                            .query(Boolean.class)
                            .single())
                    .isTrue();
        } finally {
            API.database()
                    .sql("UPDATE organization SET requires_second_factor = false")
                    .update();
        }
    }

    private static boolean somebodyWaitsForTheOrganization() {
        return API.database()
                .sql(
                        "SELECT count(*) > 0 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%organization%'")
                .query(Boolean.class)
                .single();
    }

    @Test
    void whoCameByAProviderIsAskedForFactorsThere() {
        API.database()
                .sql("UPDATE organization SET requires_second_factor = true")
                .update();
        try {
            String cookie = login(null).header("Set-Cookie").split(";")[0];
            assertThat(inBrowser(cookie, "/api/v1/issues").status()).isEqualTo(403);
            API.database()
                    .sql("UPDATE user_sessions SET single_sign_on = true WHERE user_id = :id")
                    .param("id", user.id())
                    .update();

            assertThat(inBrowser(cookie, "/api/v1/issues").status()).isEqualTo(200);
            assertThat(inBrowser(cookie, "/api/v1/session")
                            .json()
                            .at("/user/must_set_up_second_factor")
                            .asBoolean())
                    .isFalse();
        } finally {
            API.database()
                    .sql("UPDATE organization SET requires_second_factor = false")
                    .update();
        }
    }

    @Test
    void whoHasAPasswordMayLeaveTheProvider() {
        API.database()
                .sql(
                        "INSERT INTO user_identities (issuer, subject, user_id, created_at) VALUES ('https://p', :subject, :id, now())")
                .param("subject", user.email())
                .param("id", user.id())
                .update();
        API.database()
                .sql("UPDATE users SET has_password = false WHERE id = :id")
                .param("id", user.id())
                .update();
        Reply refused = PEOPLE.as(user, "DELETE", "/api/v1/account/identities", null);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text()).contains("no password");
        API.bean(UserStore.class).changePassword(user.id(), user.passwordHash());

        assertThat(PEOPLE.as(user, "DELETE", "/api/v1/account/identities", null).status())
                .isEqualTo(204);
        assertThat(PEOPLE.get(user, "/api/v1/account/identities").text()).isEqualTo("[]");
    }

    @Test
    void isSwitchedOffByThePasswordAndACode() {
        List<String> recovery = confirm(begin());

        assertThat(disable("wrong", recovery.getFirst())
                        .json()
                        .at("/details/password")
                        .asString())
                .isEqualTo("not the current password");
        assertThat(disable(People.PASSWORD, "222222").json().at("/details/code").asString())
                .contains("wrong");
        assertThat(disable(People.PASSWORD, recovery.getFirst()).status()).isEqualTo(204);

        assertThat(state()).isEqualTo("{\"on\":false,\"recovery_codes_left\":0}");
        assertThat(login(null).status()).isEqualTo(200);
        assertThat(disable(People.PASSWORD, recovery.get(1)).status()).isEqualTo(409);
    }

    @Test
    void anAdministratorTakesItAwayFromWhoHasLostItAll() {
        confirm(begin());
        String path = "/api/v1/users/%d/second-factor".formatted(user.id());

        assertThat(PEOPLE.as(user, "DELETE", path, null).status()).isEqualTo(403);
        long administrator = API.get("/api/v1/session").json().at("/user/id").asLong();
        assertThat(API.delete("/api/v1/users/%d/second-factor".formatted(administrator))
                        .status())
                .as("nobody takes their own away without password and code")
                .isEqualTo(403);
        assertThat(API.delete(path).status()).isEqualTo(204);

        assertThat(login(null).status()).isEqualTo(200);
        assertThat(API.delete(path).status()).isEqualTo(404);
        assertThat(API.database()
                        .sql("SELECT action FROM audit_log WHERE object_type = 'user' AND object_id = :id ORDER BY id")
                        .param("id", String.valueOf(user.id()))
                        .query(String.class)
                        .list())
                .containsExactly("user.second_factor_on", "user.second_factor_reset");
    }

    @Test
    void secretsAreKeptEncryptedAndRecoveryCodesAsHashes() {
        AuthenticatorApp app = begin();
        List<String> recovery = confirm(app);

        byte[] kept = API.database()
                .sql("SELECT secret FROM second_factors WHERE user_id = :id")
                .param("id", user.id())
                .query(byte[].class)
                .single();
        assertThat(HexFormat.of().formatHex(kept)).doesNotContain(HexFormat.of().formatHex(app.secret()));
        assertThat(API.database()
                        .sql(
                                "SELECT string_agg(encode(code_hash, 'escape'), ' ') FROM recovery_codes WHERE user_id = :id")
                        .param("id", user.id())
                        .query(String.class)
                        .single())
                .doesNotContain(recovery.getFirst().substring(0, 4)
                        + recovery.getFirst().substring(5, 9));
    }

    @Test
    void anotherSecretOfTheInstallationLeavesTheRecoveryCodes() {
        AuthenticatorApp app = begin();
        List<String> recovery = confirm(app);
        API.database()
                .sql("UPDATE second_factors SET secret = sha256(secret) || secret WHERE user_id = :id")
                .param("id", user.id())
                .update();

        assertThat(login(app.code(1)).status()).isEqualTo(401);
        assertThat(login(recovery.getFirst()).status()).isEqualTo(200);
    }

    private AuthenticatorApp begin() {
        Reply begun = post("", Map.of("password", People.PASSWORD));
        assertThat(begun.status()).as(begun.text()).isEqualTo(201);
        String text = begun.json().path("secret").asString();
        assertThat(begun.json().path("uri").asString())
                .startsWith("otpauth://totp/Resentry%20errors.example.com:")
                .contains("?secret=" + text + "&");
        return new AuthenticatorApp(text);
    }

    private List<String> confirm(AuthenticatorApp app) {
        Reply confirmed = post("/confirm", Map.of("code", app.code(0)));
        assertThat(confirmed.status()).as(confirmed.text()).isEqualTo(200);
        return confirmed
                .json()
                .path("recovery_codes")
                .valueStream()
                .map(code -> code.asString())
                .toList();
    }

    private Reply disable(String password, String code) {
        return post("/disable", Map.of("password", password, "code", code));
    }

    private String state() {
        return PEOPLE.get(user, PATH).text();
    }

    private Reply post(String path, Map<String, String> body) {
        return PEOPLE.as(user, "POST", PATH + path, JSON.writeValueAsString(body));
    }

    private static Reply inBrowser(String cookie, String path) {
        return RunningApi.exchange(PEOPLE.request("GET", path, null).header("Cookie", cookie));
    }

    private Reply login(String code) {
        return PEOPLE.anonymously("POST", "/api/v1/session", body(People.PASSWORD, code));
    }

    private String body(String password, String code) {
        return JSON.writeValueAsString(
                code == null
                        ? Map.of("email", user.email(), "password", password)
                        : Map.of("email", user.email(), "password", password, "code", code));
    }
}
