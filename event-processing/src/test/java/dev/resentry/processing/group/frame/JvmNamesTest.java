package dev.resentry.processing.group.frame;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JvmNamesTest {
    @Test
    void noMarkOfAGeneratedClassIsPassedOver() {
        assertThat(JvmNames.GENERATED).allMatch(mark -> JvmNames.mayBeGenerated("com.example.Cart" + mark));
        assertThat(JvmNames.mayBeGenerated("com.example.Cart")).isFalse();
    }
}
