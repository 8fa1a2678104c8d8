package dev.resentry.query.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resentry.query.RunningApi;
import dev.resentry.query.RunningApi.Reply;
import dev.resentry.query.access.People;
import dev.resentry.query.access.Role;
import dev.resentry.query.error.ApiException;
import dev.resentry.storage.user.LoginFailures;
import dev.resentry.storage.user.User;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

class PasswordLoginIT {
    private static final RunningApi API = RunningApi.shared();
    private static final People PEOPLE = new People(API);

    @Test
    void anOldHashIsUpgradedByALogin() {
        User user = PEOPLE.user(Role.MEMBER);
        API.database()
                .sql("UPDATE users SET password_hash = :hash WHERE id = :id")
                .param("hash", new BCryptPasswordEncoder(4).encode(People.PASSWORD))
                .param("id", user.id())
                .update();

        assertThat(login(user.email(), "not it at all").status()).isEqualTo(401);
        assertThat(PEOPLE.now(user.id()).passwordHash()).startsWith("$2a$");
        assertThat(login(user.email(), People.PASSWORD).status()).isEqualTo(200);
        assertThat(PEOPLE.now(user.id()).passwordHash()).startsWith("$argon2id$");
        assertThat(login(user.email(), People.PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void guessesAtAnAccountAreBoundedBeItThereOrNot() {
        User user = PEOPLE.user(Role.MEMBER);
        for (String email : new String[] {user.email(), "nobody-" + UUID.randomUUID() + "@example.com"}) {
            for (int i = 0; i < LoginThrottle.PER_ACCOUNT; i++) {
                assertThat(login(email, "guess " + i).status()).isEqualTo(401);
            }
            Reply refused = login(email, People.PASSWORD);

            assertThat(refused.status()).as("even with the right password").isEqualTo(429);
            assertThat(refused.json().path("error").asString()).isEqualTo("rate_limited");
            assertThat(Long.parseLong(refused.header("Retry-After"))).isBetween(1L, 900L);
        }
    }

    @Test
    void guessesFromAnAddressAreBoundedWhateverTheAccountAndForgottenInTime() {
        var clock = new SettableClock();
        var throttle = new LoginThrottle(API.bean(LoginFailures.class), clock);
        String run = UUID.randomUUID().toString();
        for (int i = 0; i < LoginThrottle.PER_ADDRESS; i++) {
            throttle.begin(run + i, "2001:db8:1:2::" + Integer.toHexString(i));
        }

        assertThatThrownBy(() -> throttle.begin(run + "next", "2001:db8:1:2:ffff::"))
                .as("all of a /64 is one sender")
                .isInstanceOf(ApiException.class);
        throttle.begin(run + "next", "2001:db8:1:3::1");
        clock.now = clock.now.plus(LoginThrottle.WINDOW);
        throttle.begin(run + "later", "2001:db8:1:2::1");
    }

    @Test
    void attemptsThatGoRightAreNotHeldAgainstAnyone() {
        var clock = new SettableClock();
        var throttle = new LoginThrottle(API.bean(LoginFailures.class), clock);
        String email = UUID.randomUUID() + "@example.com";
        for (int i = 0; i < 2 * LoginThrottle.PER_ADDRESS; i++) {
            throttle.begin(email, "198.51.100.7");
            throttle.succeeded(email, "198.51.100.7");
        }
    }

    @Test
    void aTokenEndsWithItsUser() {
        User user = PEOPLE.user(Role.MEMBER);
        String jwt = PEOPLE.jwt(user);
        String program = PEOPLE.apiToken(user, Set.of("event:read"));
        String path = "/api/v1/users/" + user.id();
        assertThat(PEOPLE.withToken(jwt, "GET", "/api/v1/issues", null).status())
                .isEqualTo(200);

        assertThat(API.patch(path, "{\"active\": false}").status()).isEqualTo(200);
        assertThat(PEOPLE.withToken(jwt, "GET", "/api/v1/issues", null).status())
                .isEqualTo(401);
        assertThat(PEOPLE.withToken(program, "GET", "/api/v1/issues", null).status())
                .isEqualTo(401);
        assertThat(login(user.email(), People.PASSWORD).status()).isEqualTo(401);

        API.patch(path, "{\"active\": true}");
        assertThat(PEOPLE.withToken(jwt, "GET", "/api/v1/issues", null).status())
                .as("what was revoked stays so")
                .isEqualTo(401);
        assertThat(PEOPLE.withToken(program, "GET", "/api/v1/issues", null).status())
                .isEqualTo(200);
        assertThat(API.delete(path).status()).isEqualTo(204);
        assertThat(PEOPLE.withToken(program, "GET", "/api/v1/issues", null).status())
                .isEqualTo(401);
    }

    private static Reply login(String email, String password) {
        return PEOPLE.anonymously(
                "POST", "/api/v1/auth/login", "{\"email\": \"%s\", \"password\": \"%s\"}".formatted(email, password));
    }

    private static final class SettableClock implements InstantSource {
        private Instant now = Instant.now();

        @Override
        public Instant instant() {
            return now;
        }
    }
}
