package dev.resentry.model.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.release.NameRule.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameRuleTest {
    @Test
    void aReleaseIsMeasuredInBytesAndAnEnvironmentInCharacters() {
        assertThat(NameRule.RELEASE.fault("ü".repeat(100))).isEmpty();
        assertThat(NameRule.RELEASE.fault("ü".repeat(101))).contains(Fault.TOO_LONG);
        assertThat(NameRule.ENVIRONMENT.fault("ü".repeat(64))).isEmpty();
        assertThat(NameRule.ENVIRONMENT.fault("e".repeat(65))).contains(Fault.TOO_LONG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "a\\b", "a\nb", "a\u0000"})
    void whatWouldBreakAnAddressIsNoName(String name) {
        assertThat(NameRule.RELEASE.fault(name)).contains(Fault.INVALID_CHARACTER);
        assertThat(NameRule.ENVIRONMENT.fault(name)).contains(Fault.INVALID_CHARACTER);
    }

    @Test
    void someWordsMeanSomethingElse() {
        assertThat(NameRule.RELEASE.fault("Latest")).contains(Fault.RESERVED);
        assertThat(NameRule.RELEASE.fault("none")).isEmpty();
        assertThat(NameRule.ENVIRONMENT.fault("None")).contains(Fault.RESERVED);
        assertThat(NameRule.ENVIRONMENT.fault("..")).contains(Fault.RESERVED);
        assertThat(NameRule.ENVIRONMENT.words())
                .isEqualTo(
                        "expected: 1 to 64 characters without slashes, backslashes and control characters, and none of ., .., none");
    }
}
