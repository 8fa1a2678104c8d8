package dev.resentry.storage.person;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.envelope.Endpoint;
import java.util.List;
import org.junit.jupiter.api.Test;

class PersonalPayloadTest {
    @Test
    void everyLogOfAContainerMayNameSomeone() {
        byte[] body = """
                {"items":[{"body":"a"},{"attributes":{"user.email":{"value":"ann@example.com","type":"string"},"cart":{"value":"c-7"}}},
                {"attributes":{"user.id":42}},7]}""".getBytes(UTF_8);

        assertThat(PersonalPayload.identifiers(
                        null, Endpoint.ENVELOPE, body, List.of(new PersonalPayload.Place(0, body.length))))
                .containsExactlyInAnyOrder("ann@example.com", "42");
    }
}
