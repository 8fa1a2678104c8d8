package dev.resentry.model.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.event.EventUser.Identifier;
import dev.resentry.model.event.EventUser.Identity;
import dev.resentry.model.json.UntrustedJson;
import dev.resentry.model.project.ProjectId;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventAttributesTest {
    private static final ProjectId PROJECT = new ProjectId(7);

    @Test
    void areWhatSearchNeedsOfAnEvent() {
        EventAttributes attributes = attributes("""
                {"transaction": " GET /cart ", "user": {"id": 42, "email": "a@b"},
                 "contexts": {"trace": {"trace_id": "0af7651916cd43dd8448eb211c80319c"}},
                 "sdk": {"name": "sentry.java", "version": "8.1.0"},
                 "exception": {"values": [{"type": "Cause"}, {"type": "Thrown", "mechanism": {"handled": true}}]}}
                """);

        assertThat(attributes)
                .isEqualTo(new EventAttributes(
                        "GET /cart",
                        UserHash.of(PROJECT, new Identity(Identifier.ID, "42")),
                        UUID.fromString("0af76519-16cd-43dd-8448-eb211c80319c"),
                        true,
                        "sentry.java",
                        "8.1.0",
                        "Thrown"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'user':'me','sdk':[],'contexts':{'trace':7},'exception':{'values':[{'mechanism':{'handled':'no'}}]},'transaction':{}}",
                "{'user':{'id':' ','ip_address':'{{auto}}'},'contexts':{'trace':{'trace_id':'00000000000000000000000000000000'}}}"
            })
    void areNullWhereAnEventSaysNothingOfUse(String json) {
        assertThat(attributes(json.replace('\'', '"')))
                .isEqualTo(new EventAttributes(null, null, null, null, null, null, null));
    }

    @ParameterizedTest
    @CsvSource({"true true,true", "true false,false", "false true,false", "none true,true", "none none,"})
    void anEventIsHandledIfAllOfItsExceptionsAre(String exceptions, Boolean handled) {
        String values = exceptions.replace("none", "{}").replaceAll("(true|false)", "{\"mechanism\":{\"handled\":$1}}");

        assertThat(attributes("{\"exception\":{\"values\":[%s]}}".formatted(values.replace(' ', ',')))
                        .handled())
                .isEqualTo(handled);
    }

    @Test
    void aUserIsKnownByIdThenNameThenMailThenAddress() {
        String json = "{\"user\":{\"ip_address\":\"10.0.0.1\",\"email\":\"a@b\",\"username\":\"ann\",\"id\":\"1\"}}";

        assertThat(identity(json)).isEqualTo(new Identity(Identifier.ID, "1"));
        json = json.replace(",\"id\":\"1\"", "");
        assertThat(identity(json)).isEqualTo(new Identity(Identifier.USERNAME, "ann"));
        json = json.replace(",\"username\":\"ann\"", "");
        assertThat(identity(json)).isEqualTo(new Identity(Identifier.EMAIL, "a@b"));
        json = json.replace(",\"email\":\"a@b\"", "");
        assertThat(identity(json)).isEqualTo(new Identity(Identifier.IP_ADDRESS, "10.0.0.1"));
    }

    /** Hashes are in rows and sketches for months: a change of this number counts every user twice. */
    @Test
    void theHashOfAUserIsWhatItAlwaysWas() {
        UserHash hash = UserHash.of(PROJECT, new Identity(Identifier.EMAIL, "ann@example.org"));

        assertThat(hash.value()).isEqualTo(-1053247979934500701L);
        assertThat(UserHash.of(new ProjectId(8), new Identity(Identifier.EMAIL, "ann@example.org")))
                .as("of another project")
                .isNotEqualTo(hash);
    }

    @Test
    void textsAreCutBetweenCharacters() {
        String faces = "\ud83d\ude00".repeat(150);

        assertThat(attributes("{\"transaction\":\"x%s\"}".formatted(faces)).transaction())
                .isEqualTo("x" + "\ud83d\ude00".repeat(99));
    }

    private static Identity identity(String json) {
        return new Event(UntrustedJson.STRICT.tree(json)).user().identity().orElseThrow();
    }

    private static EventAttributes attributes(String json) {
        var event = new Event(UntrustedJson.STRICT.tree(json));
        return EventAttributes.of(event, UserHash.of(PROJECT, event.user()).orElse(null));
    }
}
