package dev.resentry.processing.meta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.processing.meta.EventErrors.Kind;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class EventErrorsTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    @Test
    void anErrorNamesFieldValueAndReason() {
        ObjectNode event = JSON.objectNode();

        new EventErrors(event).add(Kind.INVALID_DATA, "release", JSON.stringNode("a/b"), "a slash");

        assertThat(event)
                .hasToString(
                        "{\"errors\":[{\"type\":\"invalid_data\",\"name\":\"release\",\"value\":\"a/b\",\"reason\":\"a slash\"}]}");
    }

    @Test
    void aTimeThatWasReplacedStandsBesideOurs() {
        ObjectNode event = JSON.objectNode();

        new EventErrors(event).time(Kind.FUTURE_TIMESTAMP, "timestamp", Instant.MAX, Instant.EPOCH, "ahead");

        assertThat(event.at("/errors/0/type").asString()).isEqualTo("future_timestamp");
        assertThat(event.at("/errors/0/sdk_time").asString()).isEqualTo(Instant.MAX.toString());
        assertThat(event.at("/errors/0/server_time").asString()).isEqualTo("1970-01-01T00:00:00Z");
    }

    @Test
    void textsAreCut() {
        ObjectNode event = JSON.objectNode();

        new EventErrors(event)
                .add(Kind.VALUE_TOO_LONG, "n".repeat(1_000), JSON.stringNode("v".repeat(198) + "😀😀"), "r");

        assertThat(event.at("/errors/0/name").asString()).hasSize(200);
        assertThat(event.at("/errors/0/value").asString()).isEqualTo("v".repeat(198) + "…");
    }

    @Test
    void ofManyTheFirstAreKeptAndTheOthersCounted() {
        ObjectNode event = JSON.objectNode();
        var errors = new EventErrors(event);
        for (int i = 0; i < 150; i++) {
            errors.add(Kind.INVALID_DATA, "field" + i, JSON.nullNode(), "r");
        }

        new EventErrors(event).add(Kind.INVALID_DATA, "later", JSON.nullNode(), "r");

        JsonNode list = event.path("errors");
        assertThat(list.size()).isEqualTo(101);
        assertThat(list.get(99).path("name").asString()).isEqualTo("field99");
        assertThat(list.get(100).path("type").asString()).isEqualTo("errors_omitted");
        assertThat(list.get(100).path("value").asString()).isEqualTo("51");
    }

    @Test
    void whatAnSdkSentIsBoundedToo() {
        ObjectNode event = JSON.objectNode();
        for (int i = 0; i < 500; i++) {
            event.withArrayProperty("errors")
                    .addObject()
                    .put("type", "t".repeat(1_000))
                    .put("own", "x".repeat(1_000));
        }

        assertThat(new EventErrors(event)).isNotNull();

        assertThat(event.path("errors").size()).isEqualTo(100);
        assertThat(event.at("/errors/0").toString()).hasSizeLessThan(220);
    }

    @Test
    void anSdksMetaOfAnyShapeIsNoHindrance() {
        ObjectNode event = JSON.objectNode();
        event.putObject("_meta").putObject("a").putObject("").put("rem", 1).put("err", "x");

        var meta = new EventMeta(event);
        meta.remark(List.of("a"), Remark.ofWhole("@r", Remark.Kind.REMOVED));
        meta.error(List.of("a"), "e");

        assertThat(event.at("/_meta/a//rem")).hasToString("[[\"@r\",\"x\"]]");
        assertThat(event.at("/_meta/a//err")).hasToString("[\"e\"]");
    }
}
