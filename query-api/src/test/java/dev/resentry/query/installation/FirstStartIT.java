package dev.resentry.query.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resentry.query.QueryApplication;
import dev.resentry.query.RunningApi;
import dev.resentry.query.RunningApi.Reply;
import dev.resentry.query.auth.AccessTokens;
import dev.resentry.storage.user.UserStore;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

@Timeout(120)
class FirstStartIT {

    @Test
    void concurrentFirstStartsCreateEachThingOnce() throws Exception {
        Map<String, String> settings = new TreeMap<>(RunningApi.freshSettings());
        settings.remove("resentry.query.admin-password");
        List<RunningApi> started;
        try (var threads = Executors.newFixedThreadPool(3)) {
            List<Future<RunningApi>> starting = IntStream.range(0, 3)
                    .mapToObj(_ -> threads.submit(() -> RunningApi.start(settings)))
                    .toList();
            started = List.of(
                    starting.get(0).get(),
                    starting.get(1).get(),
                    starting.get(2).get());
        }

        List<String> passwords = started.stream()
                .flatMap(api -> api.bean(Installation.class).generatedPassword().stream())
                .toList();
        assertThat(passwords)
                .as("the one that made the administrator knows the password")
                .hasSize(1);
        assertThat(session(started.getFirst()).header("X-First-Login")).isEqualTo("true");
        JsonNode login = started.get(0)
                .post(
                        "/api/v1/auth/login",
                        "{\"email\": \"admin@localhost\", \"password\": \"%s\"}".formatted(passwords.getFirst()))
                .json();
        Reply browser = started.get(1)
                .post(
                        "/api/v1/session",
                        "{\"email\": \"admin@localhost\", \"password\": \"%s\"}".formatted(passwords.getFirst()));
        assertThat(browser.json().path("user").path("must_change_password").asBoolean())
                .as("a password that was printed has to be changed")
                .isTrue();
        assertThat(session(started.getFirst()).header("X-First-Login")).isEqualTo("false");
        for (RunningApi api : started) {
            JsonNode projects = api.get("/api/v1/projects/").json();
            assertThat(projects.size()).isEqualTo(1);
            assertThat(projects.path(0).path("slug").asString()).isEqualTo("default");
            assertThat(projects.path(0).path("name").asString()).isEqualTo("Default project");
            assertThat(api.bean(Installation.class).firstDsn().orElseThrow())
                    .hasToString(
                            projects.path(0).path("keys").path(0).path("dsn").asString());
            assertThat(RunningApi.exchange(HttpRequest.newBuilder(api.uri("/api/v1/projects/"))
                                    .header(
                                            "Authorization",
                                            "Bearer "
                                                    + login.path("access_token").asString()))
                            .status())
                    .as("one secret for all")
                    .isEqualTo(200);
            api.close();
        }
        try (RunningApi again = RunningApi.start(settings)) {
            assertThat(again.bean(Installation.class).generatedPassword()).isEmpty();
        }
    }

    private static Reply session(RunningApi api) {
        return RunningApi.exchange(HttpRequest.newBuilder(api.uri("/api/v1/session")));
    }

    @Test
    void aGivenSecretSignsTheTokens() {
        Map<String, String> settings = new TreeMap<>(RunningApi.freshSettings());
        settings.put("resentry.query.secret-key", "0123456789abcdef0123456789abcdef");
        try (RunningApi api = RunningApi.start(settings)) {
            String token = new AccessTokens("0123456789abcdef0123456789abcdef", java.time.Clock.systemUTC())
                    .issue(
                            api.bean(UserStore.class)
                                    .findByEmail("admin@localhost")
                                    .orElseThrow(),
                            Duration.ofMinutes(1));
            assertThat(RunningApi.exchange(HttpRequest.newBuilder(api.uri("/issues"))
                                    .header("Authorization", "Bearer " + token))
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void inProductionASchemaThatIsNotCurrentIsRefusedWithTheCommand() {
        Map<String, String> settings = new TreeMap<>(RunningApi.freshSettings());
        settings.put("resentry.database.environment", "production");

        assertThatThrownBy(() -> RunningApi.start(settings).close()).rootCause().hasMessageContaining("migrate");

        System.setProperty("DATABASE_URL", settings.get("resentry.database.url"));
        try {
            QueryApplication.main(new String[] {"migrate"});
        } finally {
            System.clearProperty("DATABASE_URL");
            System.clearProperty("spring.config.name");
        }
        try (RunningApi api = RunningApi.start(settings)) {
            assertThat(api.get("/health/ready").status()).isEqualTo(200);
        }
    }

    @Test
    void aSecretThatIsTooShortIsRefused() {
        Map<String, String> settings = new TreeMap<>(RunningApi.freshSettings());
        settings.put("resentry.query.secret-key", "short");

        assertThatThrownBy(() -> RunningApi.start(settings).close())
                .rootCause()
                .hasMessage("SECRET_KEY: 5 bytes (expected: at least 32, or none)");
    }
}
