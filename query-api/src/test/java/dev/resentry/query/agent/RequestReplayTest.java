package dev.resentry.query.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.event.Event;
import dev.resentry.model.json.UntrustedJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What an agent could send to see an error again holds no secret. */
class RequestReplayTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "user=bea&password=hunter2",
                "{\"Password\":\"hunter2\"}",
                "[\"password\",\"hunter2\"]",
                "<password>hunter2</password>",
                "--x\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\nhunter2\r\n--x--",
                "grant=x&code=hunter2",
                "api_key: hunter2"
            })
    void aBodyWithTheNameOfASecretIsNotTold(String body) {
        assertThat(replayOf(body)).contains("--data-raw 'REDACTED'").doesNotContain("hunter2");
    }

    @Test
    void anotherBodyIs() {
        assertThat(replayOf("item=book&zipcode=80331")).contains("--data-raw 'item=book&zipcode=80331'");
    }

    private static String replayOf(String body) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.putObject("request")
                .put("method", "POST")
                .put("url", "https://shop.example/pay")
                .put("data", body);
        return String.valueOf(RequestReplay.of(
                new Event(UntrustedJson.STORED.tree(event.toString())),
                AgentDetail.usual().findFirst().orElseThrow()));
    }
}
