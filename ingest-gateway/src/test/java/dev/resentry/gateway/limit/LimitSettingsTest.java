package dev.resentry.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resentry.model.outcome.DataCategory;
import dev.resentry.model.project.Quota;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;

class LimitSettingsTest {

    @Test
    void limitsEventsUnlessToldOtherwise() throws IOException {
        assertThat(bind(Map.of()).defaultQuota())
                .contains(new Quota(
                        Set.of(DataCategory.DEFAULT, DataCategory.ERROR, DataCategory.SECURITY),
                        120,
                        Duration.ofMinutes(1),
                        "project_quota"));
    }

    @Test
    void takesTheNumberFromTheEnvironment() throws IOException {
        assertThat(bind(Map.of("RATE_LIMIT_EVENTS_PER_MINUTE", "7")).defaultQuota())
                .hasValueSatisfying(quota -> assertThat(quota.limit()).isEqualTo(7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "unlimited", " unlimited "})
    void canBeSwitchedOff(String setting) throws IOException {
        assertThat(bind(Map.of("RATE_LIMIT_EVENTS_PER_MINUTE", setting)).defaultQuota())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"many", "1.5", "--1", "99999999999999999999"})
    void namesTheVariableThatIsWrong(String setting) {
        assertThatThrownBy(() -> bind(Map.of("RATE_LIMIT_EVENTS_PER_MINUTE", setting)))
                .rootCause()
                .hasMessage("RATE_LIMIT_EVENTS_PER_MINUTE: %s (expected: a whole number or 'unlimited')", setting);
    }

    private static LimitSettings bind(Map<String, Object> variables) throws IOException {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("variables", variables));
        new YamlPropertySourceLoader()
                .load("gateway", new ClassPathResource("resentry-gateway.yml"))
                .forEach(environment.getPropertySources()::addLast);
        return Binder.get(environment).bindOrCreate("resentry.gateway.limits", LimitSettings.class);
    }
}
