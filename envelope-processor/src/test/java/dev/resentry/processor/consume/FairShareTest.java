package dev.resentry.processor.consume;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FairShareTest {
    private final FairShare share = new FairShare();

    @Test
    void aProjectThatSendsLittleIsAdmittedBesideOneThatFloods() {
        int admittedOfFlood = 0;
        int admittedOfOther = 0;
        for (int i = 0; i < 5_100; i++) {
            boolean other = i % 51 == 50;
            if (share.admits(other ? 2 : 1)) {
                if (other) {
                    admittedOfOther++;
                } else {
                    admittedOfFlood++;
                }
            }
        }

        assertThat(admittedOfOther).isEqualTo(100);
        assertThat(admittedOfFlood).isZero();
    }

    @Test
    void noneIsAdmittedWhenAllSendAlikeOrOneSendsAlone() {
        for (int i = 0; i < 10_000; i++) {
            assertThat(share.admits(1)).isFalse();
        }
        share.clear();

        int admitted = 0;
        for (int i = 0; i < 10_000; i++) {
            admitted += share.admits(i % 10) ? 1 : 0;
        }
        assertThat(admitted).isLessThan(10);
    }

    @Test
    void whatAProjectSentLongAgoIsForgotten() {
        for (int i = 0; i < 5_000; i++) {
            share.admits(2);
        }
        for (int i = 0; i < 200_000; i++) {
            share.admits(1);
        }

        assertThat(share.admits(2)).isTrue();
    }
}
