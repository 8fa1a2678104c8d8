package dev.resentry.gateway.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.util.unit.DataSize;

class SpoolSettingsTest {
    private static final SpoolSettings DEFAULTS = new SpoolSettings(
            true,
            Path.of("spool"),
            16,
            DataSize.ofGigabytes(1),
            Duration.ofHours(24),
            DataSize.ofMegabytes(256),
            Duration.ofSeconds(2));

    @Test
    void hasDefaultsWhichTheFileRepeats() throws Exception {
        assertThat(bound(Map.of())).isEqualTo(DEFAULTS);
        assertThat(fromFile(Map.of())).isEqualTo(DEFAULTS);
    }

    @Test
    void isSetByTheEnvironment() throws Exception {
        assertThat(fromFile(Map.of(
                        "RESENTRY_SPOOL", "false",
                        "RESENTRY_SPOOL_DIR", "/var/spool/resentry",
                        "RESENTRY_SPOOL_SLOTS", "2",
                        "RESENTRY_SPOOL_MAX_BYTES", "5GB",
                        "RESENTRY_SPOOL_MAX_AGE", "2d",
                        "RESENTRY_SPOOL_MIN_FREE", "1GB",
                        "RESENTRY_SPOOL_HOLD", "500ms")))
                .isEqualTo(new SpoolSettings(
                        false,
                        Path.of("/var/spool/resentry"),
                        2,
                        DataSize.ofGigabytes(5),
                        Duration.ofDays(2),
                        DataSize.ofGigabytes(1),
                        Duration.ofMillis(500)));
    }

    @Test
    void refusesWhatCannotWork() {
        Map.of("max-bytes", "10KB", "max-age", "0s", "min-free", "-1MB", "hold", "-1s")
                .forEach((name, value) -> assertThatThrownBy(
                                () -> bound(Map.of("resentry.gateway.spool." + name, value)))
                        .rootCause()
                        .hasMessageContaining("resentry.gateway.spool." + name)
                        .hasMessageContaining("expected"));
    }

    private static SpoolSettings bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("resentry.gateway.spool", SpoolSettings.class);
    }

    private static SpoolSettings fromFile(Map<String, Object> environment) throws Exception {
        var variables = new StandardEnvironment();
        variables.getPropertySources().addFirst(new MapPropertySource("variables", environment));
        List<PropertySource<?>> file =
                new YamlPropertySourceLoader().load("file", new ClassPathResource("resentry-gateway.yml"));
        file.forEach(variables.getPropertySources()::addLast);
        return Binder.get(variables).bindOrCreate("resentry.gateway.spool", SpoolSettings.class);
    }
}
