package dev.resentry.model.envelope;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.envelope.EnvelopeParse.Malformed;
import dev.resentry.model.envelope.EnvelopeParse.Parsed;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The cases of the ingest protocol, section 2.7, by their numbers there. */
class EnvelopeReaderTest {
    private static final String H = "{\"event_id\":\"9ec79c33ec9942ab8353589fcb2e04dc\"}";
    private static final EnvelopeReader READER = new EnvelopeReader(EnvelopeLimits.DEFAULT);

    static Stream<Arguments> accepted() {
        return Stream.of(
                Arguments.of("1 header without newline", H, List.of()),
                Arguments.of("2 header with newline", H + "\n", List.of()),
                Arguments.of("3 empty header", "{}\n", List.of()),
                Arguments.of(
                        "4 two empty items",
                        H + "\n{\"type\":\"attachment\",\"length\":0}\n\n{\"type\":\"attachment\",\"length\":0}\n",
                        List.of("", "")),
                Arguments.of(
                        "5 two empty items without the last newline",
                        H + "\n{\"type\":\"attachment\",\"length\":0}\n\n{\"type\":\"attachment\",\"length\":0}",
                        List.of("", "")),
                Arguments.of(
                        "6 implicit length", H + "\n{\"type\":\"attachment\"}\nhelloworld\n", List.of("helloworld")),
                Arguments.of(
                        "7 implicit length to the end",
                        H + "\n{\"type\":\"attachment\"}\nhelloworld",
                        List.of("helloworld")),
                Arguments.of("8 item header ends the body", H + "\n{\"type\":\"attachment\"}", List.of("")),
                Arguments.of(
                        "9 exact bytes, newlines included",
                        H + "\n{\"type\":\"attachment\",\"length\":10}\n\u00ef\u00bb\u00bfHello\r\n\n"
                                + "{\"type\":\"event\",\"length\":2}\n{}\n",
                        List.of("\u00ef\u00bb\u00bfHello\r\n", "{}")),
                Arguments.of(
                        "10 unknown type", H + "\n{\"type\":\"invalid_unknown\"}\nhelloworld\n", List.of("helloworld")),
                Arguments.of("15 sent_at null", "{\"sent_at\":null}\n", List.of()),
                Arguments.of("20 session", "{}\n{\"type\":\"session\"}\n{\"sid\":\"1\"}", List.of("{\"sid\":\"1\"}")),
                Arguments.of("21 carriage return is payload", "{}\n{\"type\":\"session\"}\nx\r\n", List.of("x\r")),
                Arguments.of("24 empty line before an item header", "{}\n\n{\"type\":\"session\"}\nx\n", List.of("x")),
                Arguments.of("36 trace of wrong shape", "{\"trace\":5}\n", List.of()),
                Arguments.of("length null is no length", "{}\n{\"type\":\"x\",\"length\":null}\nabc\n", List.of("abc")),
                Arguments.of("unknown keys may repeat", "{\"a\":1,\"a\":2}\n", List.of()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void accepted(String rule, String body, List<String> payloads) {
        EnvelopeParse parse = READER.read(body.getBytes(ISO_8859_1));

        assertThat(parse).isInstanceOf(Parsed.class);
        assertThat(((Parsed) parse).envelope().items())
                .extracting(item -> new String(item.payload().toByteArray(), ISO_8859_1))
                .isEqualTo(payloads);
    }

    static Stream<Arguments> refused() {
        int afterHeader = H.length() + 1;
        return Stream.of(
                Arguments.of("22 zero bytes", "", 0, "empty"),
                Arguments.of("only blanks", " \n\n", 3, "header was expected"),
                Arguments.of("23 two trailing newlines", "{}\n{\"type\":\"x\"}\nabc\n\n", 21, "header was expected"),
                Arguments.of("25 blank behind the header", "{} \n", 2, "expected '}'"),
                Arguments.of("25 carriage return behind the header", "{}\r\n", 2, "byte 0x0d"),
                Arguments.of(
                        "26 length too large",
                        H + "\n{\"type\":\"x\",\"length\":9}\nabc",
                        afterHeader + 27,
                        "header says: 9"),
                Arguments.of(
                        "27 length too small", "{}\n{\"type\":\"x\",\"length\":2}\nabc\n", 29, "expected a newline"),
                Arguments.of("28 no type", "{}\n{}\nabc\n", 3, "type: missing"),
                Arguments.of("29 length a string", "{}\n{\"type\":\"x\",\"length\":\"3\"}\nabc", 3, "whole number"),
                Arguments.of("29 length negative", "{}\n{\"type\":\"x\",\"length\":-1}\nabc", 3, "whole number"),
                Arguments.of("29 length a fraction", "{}\n{\"type\":\"x\",\"length\":3.0}\nabc", 3, "whole number"),
                Arguments.of(
                        "29 length over 32 bits", "{}\n{\"type\":\"x\",\"length\":4294967296}\nabc", 3, "whole number"),
                Arguments.of("30 header an array", "[]\n", 1, "expected '}'"),
                Arguments.of("30 header a text", "\"x\"\n", 2, "expected '}'"),
                Arguments.of("30 header no JSON", "x}\n", 0, ""),
                Arguments.of("31 event_id no UUID", "{\"event_id\":\"not-a-uuid\"}\n", 0, "event_id"),
                Arguments.of("34 reserved type", "{}\n{\"type\":\"integration\"}\nx", 3, "reserved"),
                Arguments.of("8 a known key twice", "{\"sent_at\":null,\"sent_at\":null}", 16, "sent_at: given twice"),
                Arguments.of("sent_at no time", "{\"sent_at\":\"soon\"}", 0, "sent_at"),
                Arguments.of("dsn no DSN", "{\"dsn\":\"x\"}", 0, "dsn"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refused(String rule, String body, int offset, String cause) {
        EnvelopeParse parse = READER.read(body.getBytes(UTF_8));

        assertThat(parse).isInstanceOf(Malformed.class);
        assertThat(((Malformed) parse).cause()).contains(cause);
        assertThat(((Malformed) parse).offset()).isEqualTo(offset);
    }

    @Test
    void payloadsAreViewsOfTheInput() {
        byte[] body = "{}\n{\"type\":\"event\"}\n{\"a\":1}\n".getBytes(UTF_8);

        Payload payload =
                ((Parsed) READER.read(body)).envelope().items().getFirst().payload();

        assertThat(payload.source()).isSameAs(body);
        assertThat(payload.offset()).isEqualTo(20);
    }

    @Test
    void headersAreRead() {
        Parsed parsed = (Parsed) READER.read(
                ("{\"event_id\":\"9EC79C33-EC99-42AB-8353-589FCB2E04DC\",\"sent_at\":\"1970-01-01T00:02:03Z\","
                                + "\"dsn\":\"https://e12d836b15bb49d7bbf99e64295d995b:@sentry.io/42\"}\n"
                                + "{\"type\":\"profile_chunk_ui\",\"filename\":\"f\",\"content_type\":\"c\"}\n")
                        .getBytes(UTF_8));

        EnvelopeHeader header = parsed.envelope().header();
        assertThat(header.eventId()).hasToString("9ec79c33ec9942ab8353589fcb2e04dc");
        assertThat(header.sentAt().getEpochSecond()).isEqualTo(123);
        assertThat(header.dsn().projectId().value()).isEqualTo(42);
        ItemHeader item = parsed.envelope().items().getFirst().header();
        assertThat(item.type()).isEqualTo(ItemType.Known.PROFILE_CHUNK);
        assertThat(item.filename()).isEqualTo("f");
        assertThat(item.contentType()).isEqualTo("c");
    }

    @Test
    void limitsAreKept() {
        var reader = new EnvelopeReader(new EnvelopeLimits(20, 1));

        assertThat(reader.read(("{\"a\":\"" + "x".repeat(20) + "\"}").getBytes(UTF_8)))
                .isInstanceOfSatisfying(
                        Malformed.class, m -> assertThat(m.cause()).contains("limit: 20"));
        assertThat(reader.read("{}\n{\"type\":\"a\"}\n\n{\"type\":\"a\"}\n".getBytes(UTF_8)))
                .isInstanceOfSatisfying(
                        Malformed.class, m -> assertThat(m.cause()).contains("too many items (limit: 1)"));
    }
}
