package dev.resentry.query.signon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.query.RunningApi;
import dev.resentry.query.RunningApi.Reply;
import dev.resentry.query.access.People;
import dev.resentry.query.access.Role;
import dev.resentry.storage.user.User;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import no.nav.security.mock.oauth2.http.NettyWrapper;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import no.nav.security.mock.oauth2.token.OAuth2TokenProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SignOnIT {
    private static final String CLIENT = "resentry";
    private static final MockOAuth2Server PROVIDER = new MockOAuth2Server(
            new OAuth2Config(false, null, null, false, new OAuth2TokenProvider(), Set.of(), new NettyWrapper()));
    private static RunningApi api;
    private static People people;

    private final String email = UUID.randomUUID() + "@example.com";
    private final String subject = "subject-" + UUID.randomUUID();

    @BeforeAll
    static void startBoth() {
        // The API first: it does not need the provider to start.
        Map<String, String> settings = RunningApi.freshSettings();
        int port = freePort();
        settings.put("resentry.oidc.issuer", "http://localhost:%d/company".formatted(port));
        settings.put("resentry.oidc.client-id", CLIENT);
        settings.put("resentry.oidc.client-secret", "a secret of the client");
        settings.put("resentry.oidc.role-claim", "groups");
        settings.put("resentry.oidc.roles", "ops=admin,staff=member");
        settings.put("resentry.oidc.auto-create", "true");
        settings.put("resentry.oidc.name", "Company");
        settings.put("resentry.query.password-login", "false");
        api = RunningApi.start(settings);
        people = new People(api);
        assertThat(get("/api/v1/auth/oidc", null).header("Location"))
                .isEqualTo("https://errors.example.com/ui/login?fault=unavailable");
        assertThat(available()).as("said without asking it again").isFalse();
        PROVIDER.start(port);
        await().atMost(Duration.ofSeconds(30)).until(SignOnIT::available);
    }

    @AfterAll
    static void stop() {
        api.close();
        PROVIDER.shutdown();
    }

    @Test
    void aBrowserComesBackLoggedInToWhereItWantedToGo() {
        Reply begun = get("/api/v1/auth/oidc?next=/releases", null);
        Map<String, String> asked = query(begun.header("Location"));

        assertThat(begun.status()).isEqualTo(302);
        assertThat(asked)
                .containsEntry("client_id", CLIENT)
                .containsEntry("response_type", "code")
                .containsEntry("code_challenge_method", "S256")
                .containsEntry("redirect_uri", "https://errors.example.com/api/v1/auth/oidc/callback")
                .containsKeys("state", "nonce", "code_challenge");
        assertThat(asked.get("scope")).contains("openid").contains("email");
        assertThat(begun.header("Set-Cookie"))
                .contains("HttpOnly", "SameSite=Lax", "Path=/api/v1/auth/oidc", "Max-Age=600");

        Reply back = comeBack(begun, claims("ops"));

        assertThat(back.header("Location")).isEqualTo("https://errors.example.com/ui/releases");
        Reply session = session(back);
        assertThat(session.json().at("/user/email").asString()).isEqualTo(email);
        assertThat(session.json().at("/user/role").asString()).isEqualTo("admin");
        assertThat(session.json().at("/user/name").asString()).isEqualTo("Ada Lovelace");
        assertThat(session.json().path("single_sign_on").asBoolean()).isTrue();
        assertThat(api.database()
                        .sql("SELECT via || ' ' || action FROM audit_log WHERE object_name = :email ORDER BY id")
                        .param("email", email)
                        .query(String.class)
                        .list())
                .containsExactly("single_sign_on user.created", "single_sign_on user.identity_joined");
    }

    @Test
    void theSubjectIsWhoItIsAndTheRoleIsThatOfTheDay() {
        signOn(claims("staff"));
        Map<String, Object> later = claims("ops");
        later.put("email", "married-" + email);

        Reply session = session(signOn(later));

        assertThat(session.json().at("/user/email").asString())
                .as("the same account")
                .isEqualTo(email);
        assertThat(session.json().at("/user/role").asString()).isEqualTo("admin");
        assertThat(fault(signOn(claims("visitors")))).isEqualTo("no_role");
    }

    @Test
    void anAccountIsJoinedByAVerifiedAddressOnlyAndToOneSubject() {
        User user = people.user(Role.VIEWER);
        Map<String, Object> claims = claims("staff");
        claims.put("email", user.email());
        claims.put("email_verified", false);
        assertThat(fault(signOn(claims))).isEqualTo("email_unverified");
        claims.remove("email_verified");
        assertThat(fault(signOn(claims))).isEqualTo("email_unverified");
        claims.put("email_verified", true);

        assertThat(session(signOn(claims)).json().at("/user/id").asLong()).isEqualTo(user.id());
        assertThat(people.now(user.id()).role()).isEqualTo("member");
        assertThat(fault(signOn("somebody-else-" + subject, claims))).isEqualTo("other_identity");
        api.patch("/api/v1/users/" + user.id(), "{\"active\": false}");
        assertThat(fault(signOn(claims))).isEqualTo("inactive");
    }

    @Test
    void theLastOwnerStaysOneWhateverIsClaimed() {
        Map<String, Object> claims = claims("staff");
        claims.put("email", "admin@localhost");

        assertThat(session(signOn(claims)).json().at("/user/role").asString()).isEqualTo("owner");
    }

    @Test
    void whatIsNotTheAnswerToAnAttemptOfThisBrowserLetsNobodyIn() {
        Reply begun = get("/api/v1/auth/oidc", null);
        Reply other = get("/api/v1/auth/oidc", null);
        String callback = callbackOf(begun, claims("ops"));

        assertThat(fault(get(callback, null))).as("without the cookie").isEqualTo("expired");
        assertThat(fault(get(callback, cookie(other)))).as("of another attempt").isEqualTo("expired");
        assertThat(fault(get(callback, "resentry_sign_on=made-up"))).isEqualTo("expired");
        String state = query(begun.header("Location")).get("state");
        assertThat(fault(get("/api/v1/auth/oidc/callback?error=access_denied&state=" + encoded(state), cookie(begun))))
                .isEqualTo("refused");
        assertThat(fault(get("/api/v1/auth/oidc/callback?code=made-up&state=" + encoded(state), cookie(begun))))
                .as("the provider does not know the code")
                .isIn("invalid", "unavailable");
    }

    @Test
    void aCodeOfAnotherAttemptAndATokenForAnotherClientProveNothing() {
        Reply victim = get("/api/v1/auth/oidc", null);
        String state = query(victim.header("Location")).get("state");
        String code = query("https://localhost" + callback(get("/api/v1/auth/oidc", null)))
                .get("code");
        assertThat(fault(get(
                        "/api/v1/auth/oidc/callback?code=" + encoded(code) + "&state=" + encoded(state),
                        cookie(victim))))
                .isEqualTo("invalid");

        Map<String, Object> claims = claims("ops");
        claims.put("aud", "another-client");
        assertThat(fault(signOn(claims))).isEqualTo("invalid");
    }

    @Test
    void theLoginPageIsToldOfItAndPasswordsLetNobodyIn() {
        assertThat(get("/api/v1/auth/methods", null).text())
                .isEqualTo("{\"password\":false,\"single_sign_on\":\"Company\",\"single_sign_on_available\":true}");
        for (String path : List.of("/api/v1/session", "/api/v1/auth/login")) {
            assertThat(people.anonymously(
                                    "POST",
                                    path,
                                    "{\"email\": \"admin@localhost\", \"password\": \"%s\"}"
                                            .formatted(RunningApi.PASSWORD))
                            .status())
                    .isEqualTo(403);
        }
    }

    @Test
    void aReleasedIdentityMayBeSomebodyElsesAndItsSessionsEnd() {
        User user = people.user(Role.VIEWER);
        Map<String, Object> claims = claims("staff");
        claims.put("email", user.email());
        String cookie = sessionCookie(signOn(claims));
        String path = "/api/v1/users/%d/identities".formatted(user.id());
        assertThat(get("/api/v1/account/identities", cookie)
                        .json()
                        .at("/0/subject")
                        .asString())
                .isEqualTo(subject);
        assertThat(joined(user)).isTrue();

        assertThat(people.as(user, "DELETE", path, null).status()).isEqualTo(403);
        Reply own = people.as(user, "DELETE", "/api/v1/account/identities", null);
        assertThat(own.status()).as("nothing else lets them in").isEqualTo(409);
        assertThat(own.text()).contains("passwords let nobody in here");
        assertThat(api.delete(path).status()).isEqualTo(204);

        assertThat(get("/api/v1/session", cookie).status()).isEqualTo(401);
        assertThat(joined(user)).isFalse();
        assertThat(api.delete(path).status()).isEqualTo(404);
        assertThat(session(signOn("somebody-else-" + subject, claims))
                        .json()
                        .at("/user/id")
                        .asLong())
                .isEqualTo(user.id());
        JsonNode entry = api.get("/api/v1/audit-log?action=user.identity_released")
                .json()
                .at("/results/0");
        assertThat(entry.path("object_id").asString()).isEqualTo(String.valueOf(user.id()));
        assertThat(entry.path("before").toString()).contains(subject);
    }

    private static boolean joined(User user) {
        return api.get("/api/v1/users")
                .json()
                .valueStream()
                .filter(one -> one.path("id").asLong() == user.id())
                .anyMatch(one -> one.path("single_sign_on").asBoolean());
    }

    private static boolean available() {
        return get("/api/v1/auth/methods", null)
                .json()
                .path("single_sign_on_available")
                .asBoolean();
    }

    @Test
    void aLogoutGoesOnToTheProvider() {
        Reply out = get("/api/v1/auth/oidc/logout", null);

        assertThat(out.header("Location")).startsWith(PROVIDER.endSessionEndpointUrl("company") + "?");
        assertThat(query(out.header("Location")))
                .containsEntry("client_id", CLIENT)
                .containsEntry("post_logout_redirect_uri", "https://errors.example.com/ui/login");
    }

    private Map<String, Object> claims(String... groups) {
        return new HashMap<>(
                Map.of("email", email, "email_verified", true, "name", "Ada Lovelace", "groups", List.of(groups)));
    }

    private Reply signOn(Map<String, Object> claims) {
        return signOn(subject, claims);
    }

    private static Reply signOn(String subject, Map<String, Object> claims) {
        Reply begun = get("/api/v1/auth/oidc", null);
        return get(callbackOf(begun, subject, claims), cookie(begun));
    }

    private Reply comeBack(Reply begun, Map<String, Object> claims) {
        return get(callbackOf(begun, claims), cookie(begun));
    }

    private String callbackOf(Reply begun, Map<String, Object> claims) {
        return callbackOf(begun, subject, claims);
    }

    /** Where the provider sends a browser back to whom it then says these claims are true of. */
    private static String callbackOf(Reply begun, String subject, Map<String, Object> claims) {
        String callback = callback(begun);
        PROVIDER.enqueueCallback(new DefaultOAuth2TokenCallback("company", subject, "JWT", List.of(CLIENT), claims));
        return callback;
    }

    private static String callback(Reply begun) {
        Reply sent = RunningApi.exchange(HttpRequest.newBuilder(URI.create(begun.header("Location"))));
        assertThat(sent.status()).as(sent.text()).isEqualTo(302);
        URI back = URI.create(sent.header("Location"));
        return back.getRawPath() + "?" + back.getRawQuery();
    }

    private static String fault(Reply reply) {
        assertThat(reply.status()).isEqualTo(302);
        assertThat(reply.header("Location")).startsWith("https://errors.example.com/ui/login?fault=");
        assertThat(reply.response().headers().allValues("Set-Cookie"))
                .noneMatch(cookie -> cookie.startsWith("resentry_session="));
        return query(reply.header("Location")).get("fault");
    }

    private static Reply session(Reply signedOn) {
        return get("/api/v1/session", sessionCookie(signedOn));
    }

    private static String sessionCookie(Reply signedOn) {
        String cookie = signedOn.response().headers().allValues("Set-Cookie").stream()
                .filter(one -> one.startsWith("resentry_session="))
                .findFirst()
                .orElseThrow(() -> new AssertionError("logs in; answered " + signedOn.header("Location")));
        return cookie.substring(0, cookie.indexOf(';'));
    }

    private static String cookie(Reply reply) {
        String cookie = reply.header("Set-Cookie");
        return cookie.substring(0, cookie.indexOf(';'));
    }

    private static Reply get(String path, String cookie) {
        HttpRequest.Builder request = HttpRequest.newBuilder(api.uri(path));
        return RunningApi.exchange(cookie == null ? request : request.header("Cookie", cookie));
    }

    private static Map<String, String> query(String address) {
        return Arrays.stream(URI.create(address).getRawQuery().split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], UTF_8)));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
