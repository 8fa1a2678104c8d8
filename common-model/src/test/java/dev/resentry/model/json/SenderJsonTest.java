package dev.resentry.model.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;

class SenderJsonTest {

    @Test
    void readsWhatPythonWrites() {
        byte[] json = "{\"a\":NaN,\"b\":-Infinity}".getBytes(UTF_8);

        assertThat(SenderJson.readTree(json, 0, json.length).get("a").isNumber())
                .isTrue();
    }

    @Test
    void takesNothingBehindTheDocument() {
        assertThatThrownBy(() -> SenderJson.readTree("{} {}".getBytes(UTF_8))).isInstanceOf(JacksonException.class);
        assertThatThrownBy(() -> SenderJson.readTree("{} x".getBytes(UTF_8))).isInstanceOf(JacksonException.class);
    }
}
