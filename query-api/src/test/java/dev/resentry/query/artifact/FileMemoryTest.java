package dev.resentry.query.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resentry.query.error.ApiException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Room for files that are held whole. */
class FileMemoryTest {
    private static final int MEBIBYTE = 1_024 * 1_024;

    @Test
    void filesThatFitTogetherAreOnTheirWayTogether() {
        var memory = new FileMemory(10 * MEBIBYTE);

        try (FileMemory.Room _ = memory.take(6 * MEBIBYTE);
                FileMemory.Room _ = memory.take(3 * MEBIBYTE)) {
            assertThatThrownBy(() -> memory.take(2 * MEBIBYTE))
                    .isInstanceOfSatisfying(ApiException.class, refusal -> {
                        assertThat(refusal.answer().statusCode()).isEqualTo(503);
                        assertThat(refusal.retryAfter()).isEqualTo(Duration.ofSeconds(5));
                    })
                    .hasMessageContaining("2097152 bytes");
        }
        memory.take(9 * MEBIBYTE).close();
    }

    @Test
    void aFileThatIsLargerThanAllRoomGoesAlone() {
        var memory = new FileMemory(MEBIBYTE);

        try (FileMemory.Room _ = memory.take(100 * MEBIBYTE)) {
            assertThatThrownBy(() -> memory.take(0)).isInstanceOf(ApiException.class);
        }
        try (FileMemory.Room _ = memory.take(0)) {
            assertThatThrownBy(() -> memory.take(100 * MEBIBYTE)).isInstanceOf(ApiException.class);
        }
    }
}
