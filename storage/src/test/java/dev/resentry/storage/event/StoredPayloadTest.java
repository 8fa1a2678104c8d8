package dev.resentry.storage.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is surely jsonb is stored as text, and all else is left to PostgreSQL. */
class StoredPayloadTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"trace_id\":\"12e34567890\",\"n\":[1,-2.5,1.7976931348623157E308,true,false,null]}",
                "{\"long\":\"" + "1234567890123456789012345678901234567890123456789012345678901234567890"
                        + "123456789012345678901234567890123\"}",
                "{\"escapes\":\"\\u001b[31m \\\\u0000 \\\" \\n\"}",
                "{\"smile\":\"\uD83D\uDE00\"}"
            })
    void isPlain(String json) {
        StoredPayload payload = StoredPayload.of(json);

        assertThat(payload).isEqualTo(new StoredPayload(json, true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"nul\":\"\\u0000\"}",
                "{\"half\":\"\\ud83d\"}",
                "{\"half\":\"\\uDE00\"}",
                "{\"half\":\"\uD83D\"}",
                "{\"half\":\"a\uDE00\"}",
                "{\"n\":1e9999}",
                "{\"n\":1E-9999}",
                "{\"n\":"
                        + "12345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901}"
            })
    void isNot(String json) {
        StoredPayload payload = StoredPayload.of(json);

        assertThat(payload).isEqualTo(new StoredPayload(json, false));
    }
}
