package dev.resentry.testsupport.size;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class TestSizeTest {

    @Test
    void isAShareUnlessTheBuildIsACampaign() {
        boolean campaign = Boolean.parseBoolean(System.getProperty(TestSize.PROPERTY));

        assertThat(TestSize.of(3, 100)).isEqualTo(campaign ? 100 : 3);
    }

    @Test
    void noShareIsEmpty() {
        assertThatIllegalArgumentException().isThrownBy(() -> TestSize.of(0, 100));
        assertThatIllegalArgumentException().isThrownBy(() -> TestSize.of(101, 100));
    }
}
