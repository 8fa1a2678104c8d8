package dev.resentry.query.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resentry.query.error.ApiException;
import dev.resentry.storage.Position;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    @Test
    void leadsBackToItsPosition() {
        var position = new Position(Instant.parse("2026-11-18T12:00:00.123456Z"), new UUID(-5, 7));

        assertThat(Cursor.position(Cursor.write(position.at(), position.id()))).isEqualTo(position);
    }

    @Test
    void beginsAtTheNewest() {
        assertThat(Cursor.position(null)).isEqualTo(Position.NEWEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ".", "abc", "1.", "1.x", ".1", "9223372036854775807.1", "-9223372036854775808.1", "%%%"})
    void isRefusedIfItIsNotOurs(String text) {
        String encoded = Base64.getUrlEncoder().encodeToString(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));

        for (String cursor : new String[] {text, encoded}) {
            assertThatThrownBy(() -> Cursor.position(cursor))
                    .isInstanceOf(ApiException.class)
                    .hasMessageContaining("cursor");
        }
    }
}
