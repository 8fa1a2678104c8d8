package dev.resentry.processing.scrub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resentry.processing.scrub.rule.ScrubRule;
import dev.resentry.processing.scrub.rule.ScrubRule.Method;
import dev.resentry.processing.scrub.rule.Target;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScrubSettingsJsonTest {

    @Test
    void readsWhatItWrote() {
        var settings = new ScrubSettings(
                false,
                List.of("customer number"),
                List.of("note"),
                IpPolicy.TRUNCATE,
                List.of(
                        new ScrubRule(Method.MASK, Target.PATTERN, "a+", "extra.**", null),
                        new ScrubRule(Method.REPLACE, Target.ANYTHING, null, "$message", "gone")));

        assertThat(ScrubSettingsJson.read(ScrubSettingsJson.write(settings))).isEqualTo(settings);
    }

    @Test
    void whatIsMissingIsAsByDefault() {
        assertThat(ScrubSettingsJson.read("{}")).isEqualTo(ScrubSettings.DEFAULT);
    }

    @Test
    void aWordThatIsNoneIsNamed() {
        assertThatThrownBy(() -> ScrubSettingsJson.read("{\"ip_addresses\": \"burn\"}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ip_addresses: \"burn\"");
    }
}
