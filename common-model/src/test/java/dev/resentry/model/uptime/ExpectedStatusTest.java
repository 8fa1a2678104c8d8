package dev.resentry.model.uptime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpectedStatusTest {

    @Test
    void aListHoldsRangesAndSingleCodes() {
        ExpectedStatus expected = ExpectedStatus.parse(" 200 - 204, 301 ");

        assertThat(expected).hasToString("200-204,301");
        assertThat(expected.contains(200)).isTrue();
        assertThat(expected.contains(204)).isTrue();
        assertThat(expected.contains(205)).isFalse();
        assertThat(expected.contains(301)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2xx", "299-200", "200,", "99", "600", "200-"})
    void whatIsNoListIsNamed(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExpectedStatus.parse(text))
                .withMessageContaining("expected: status codes");
    }
}
