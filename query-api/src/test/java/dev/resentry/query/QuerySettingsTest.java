package dev.resentry.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class QuerySettingsTest {

    @Test
    void hasDefaults() {
        QuerySettings settings = bind(Map.of());

        assertThat(settings.publicUrl()).isEqualTo(URI.create("http://localhost:9000"));
        assertThat(settings.secretKey()).isEmpty();
        assertThat(settings.accessTokenLifetime()).isEqualTo(Duration.ofMinutes(30));
        assertThat(settings.adminEmail()).isEqualTo("admin@localhost");
        assertThat(settings.adminPassword()).isEmpty();
    }

    @Test
    void namesTheVariableThatIsWrong() {
        refuses("secret-key", "too short", "SECRET_KEY: 9 bytes (expected: at least 32, or none)");
        refuses("public-url", "localhost:9000", "RESENTRY_PUBLIC_URL: 'localhost:9000'");
        refuses("access-token-lifetime", "0m", "ACCESS_TOKEN_EXPIRE_MINUTES: 0 (expected: >= 1)");
        refuses(
                "search-timeout",
                "51s",
                "RESENTRY_SEARCH_TIMEOUT: PT51S (expected: more than nothing, and PT50S at most)");
        refuses("session-lifetime", "0s", "RESENTRY_SESSION_LIFETIME: PT0S (expected: longer than nothing)");
    }

    @Test
    void keepsSecretsOutOfItsText() {
        QuerySettings settings =
                bind(Map.of("resentry.query.secret-key", "s".repeat(32), "resentry.query.admin-password", "hush"));

        assertThat(settings.toString()).doesNotContain("sss").doesNotContain("hush");
    }

    @Test
    void theProxyLetsTheLargestUploadThrough() throws IOException {
        String proxy = Files.readString(Path.of("..", "docker", "proxy.conf"), UTF_8);
        String settings = Files.readString(Path.of("src", "main", "resources", "resentry-query.yml"), UTF_8);

        assertThat(megabytes("client_max_body_size (\\d+)m;", proxy))
                .isEqualTo(megabytes("max-request-size: (\\d+)MB", settings));
    }

    private static int megabytes(String setting, String text) {
        Matcher matcher = Pattern.compile(setting).matcher(text);
        assertThat(matcher.find()).as(setting).isTrue();
        return Integer.parseInt(matcher.group(1));
    }

    private static void refuses(String key, String value, String message) {
        assertThatThrownBy(() -> bind(Map.of("resentry.query." + key, value)))
                .rootCause()
                .hasMessageContaining(message);
    }

    private static QuerySettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("resentry.query", QuerySettings.class);
    }
}
