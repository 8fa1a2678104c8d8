package dev.resentry.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
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
        refuses("session-lifetime", "0s", "RESENTRY_SESSION_LIFETIME: PT0S (expected: longer than nothing)");
    }

    @Test
    void keepsSecretsOutOfItsText() {
        QuerySettings settings =
                bind(Map.of("resentry.query.secret-key", "s".repeat(32), "resentry.query.admin-password", "hush"));

        assertThat(settings.toString()).doesNotContain("sss").doesNotContain("hush");
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
