package dev.resentry.model.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.resentry.model.TestSize;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SentAtTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-21T03:00:00Z",
                "2026-11-21T03:00:00.Z",
                "2026-11-21T03:00:00.1Z",
                "2026-11-21T03:00:00.123Z",
                "2026-11-21T03:00:00.123456789Z",
                "1970-01-01T00:02:03Z",
                "0000-01-01T00:00:00Z",
                "2024-02-29T23:59:59.000000001Z",
                "2026-11-21T03:00:00z",
                "2026-11-21T03:00Z",
                "2026-11-21T03:00:00.5+05:30",
                "2026-11-21T03:00:00-11:00",
                "-0001-12-31T00:00:00Z",
                "+12026-11-21T03:00:00Z"
            })
    void readsTheTimesThatTheLibraryReads(String text) {
        assertThat(SentAt.parse(text)).isEqualTo(OffsetDateTime.parse(text).toInstant());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "2026-11-21",
                "2026-11-21T03:00:00",
                "2026-11-21T03:00:00.1234567890Z",
                "2026-11-21 03:00:00Z",
                "2026-13-21T03:00:00Z",
                "2026-02-30T03:00:00Z",
                "2026-11-21T24:00:01Z",
                "2026-11-21T03:60:00Z",
                "2026-11-21T03:00:60Z",
                "2026-11-21T03:00:0aZ",
                "2026-11-21T03:00:٠٠Z",
                "2026-11-21T03:00:00ZZ"
            })
    void refusesWhatIsNoTime(String text) {
        assertThatExceptionOfType(DateTimeException.class).isThrownBy(() -> SentAt.parse(text));
    }

    @Test
    void agreesWithTheLibraryOnWhateverIsNearlyATime() {
        var random = new Random(3);
        String characters = "0123456789-:.TZ+ ";
        for (int i = 0; i < TestSize.of(20_000, 200_000); i++) {
            var text = new StringBuilder("2026-11-21T03:00:00.123Z");
            for (int change = random.nextInt(3); change >= 0; change--) {
                char c = characters.charAt(random.nextInt(characters.length()));
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, c);
                    case 1 -> text.insert(at, c);
                    default -> text.deleteCharAt(at);
                }
            }
            assertThat(read(text.toString())).as(text.toString()).isEqualTo(readByTheLibrary(text.toString()));
        }
    }

    private static String read(String text) {
        try {
            return SentAt.parse(text).toString();
        } catch (DateTimeException _) {
            return "none";
        }
    }

    private static String readByTheLibrary(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant().toString();
        } catch (DateTimeException _) {
            return "none";
        }
    }
}
