package dev.resentry.service.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class AutoCreateSettingsTest {

    @ParameterizedTest
    @CsvSource({
        "'',    development, true",
        "'',    production,  false",
        "true,  production,  true",
        "false, development, false"
    })
    void theEnvironmentDecidesUnlessItIsSaid(String autoCreate, String environment, boolean on) {
        var source = new MapConfigurationPropertySource(
                Map.of("resentry.projects.auto-create", autoCreate, "resentry.projects.environment", environment));

        assertThat(new Binder(source)
                        .bind("resentry.projects", AutoCreateSettings.class)
                        .get()
                        .isOn())
                .isEqualTo(on);
    }
}
