package dev.resentry.service.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {

    @Test
    void doublesUpToItsBound() {
        var backoff = new Backoff(Duration.ofMillis(500), Duration.ofMillis(1500));

        Duration second = backoff.after(backoff.first());

        assertThat(second).isEqualTo(Duration.ofSeconds(1));
        assertThat(backoff.after(second)).isEqualTo(Duration.ofMillis(1500));
        assertThat(backoff.after(backoff.most())).isEqualTo(Duration.ofMillis(1500));
    }

    @Test
    void refusesPausesThatAreNoneOrFall() {
        assertThatIllegalArgumentException().isThrownBy(() -> Backoff.fixed(Duration.ZERO));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)));
    }
}
