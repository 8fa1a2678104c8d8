package dev.resentry.model.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.encoding.ContentEncoding;
import dev.resentry.model.envelope.EnvelopePreview.HeaderSummary;
import dev.resentry.model.envelope.EnvelopePreview.ItemSummaries;
import dev.resentry.model.envelope.EnvelopePreview.ItemSummary;
import dev.resentry.model.event.EventId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopePreviewTest {
    private static final String ID = "9ec79c33ec9942ab8353589fcb2e04dc";

    @Test
    void seesTheHeaderAndTheFirstItemsType() {
        String body = "{\"event_id\":\"%s\"}\n{\"type\":\"event\"}\n{".formatted(ID);

        assertThat(header(body))
                .isEqualTo(new HeaderSummary.Sound(EventId.parse(ID).orElseThrow(), null));
        assertThat(items(body)).isEqualTo(ItemSummaries.only(new ItemSummary(ItemType.Known.EVENT, 1, -1)));
    }

    @Test
    void seesAllItemsOfABodyThatIsNotEncodedWithoutReadingTheirPayloads() {
        String large = "x\n".repeat(500_000);
        String body = """
                {}
                {"type":"attachment","length":%d}
                %s
                {"type":"session"}
                {"no":"length"}
                {"type":"log","item_count":7,"length":2}
                {}
                {"type":"of_tomorrow","item_count":"7"}
                """.formatted(large.length(), large);

        assertThat(items(body)).satisfies(seen -> {
            assertThat(seen.items())
                    .containsExactly(
                            new ItemSummary(ItemType.Known.ATTACHMENT, large.length(), -1),
                            new ItemSummary(ItemType.Known.SESSION, 15, -1),
                            new ItemSummary(ItemType.Known.LOG, 2, 7),
                            new ItemSummary(new ItemType.Unknown("of_tomorrow"), 0, -1));
            assertThat(seen.whole()).isTrue();
        });
    }

    @Test
    void seesOfAnEncodedBodyWhatLiesInItsWindow() throws IOException {
        String small = "{}\n{\"type\":\"event\"}\n{}\n{\"type\":\"attachment\",\"length\":%d}\n".formatted(20_000);

        assertThat(itemsOfZipped(small + "x".repeat(20_000) + "\n{\"type\":\"session\"}\n{}"))
                .satisfies(seen -> {
                    assertThat(seen.items())
                            .containsExactly(
                                    new ItemSummary(ItemType.Known.EVENT, 2, -1),
                                    new ItemSummary(ItemType.Known.ATTACHMENT, 20_000, -1));
                    assertThat(seen.whole()).isFalse();
                });
        assertThat(itemsOfZipped("{}\n{\"type\":\"event\"}\n" + "x".repeat(EnvelopePreview.WINDOW)))
                .satisfies(seen -> {
                    assertThat(seen.items()).containsExactly(new ItemSummary(ItemType.Known.EVENT, -1, -1));
                    assertThat(seen.whole()).isFalse();
                });
        assertThat(itemsOfZipped("{}\n{\"type\":\"event\"}\n{}"))
                .satisfies(seen -> assertThat(seen.whole()).isTrue());
    }

    @Test
    void doesNotTakeTheItemsOfABrokenEncodingForAll() throws IOException {
        byte[] zipped = zipped("{}\n{\"type\":\"event\"}\n{}");
        byte[] cut = Arrays.copyOf(zipped, zipped.length - 1);

        assertThat(EnvelopePreview.peekItems(ContentEncoding.GZIP, cut))
                .satisfies(seen -> assertThat(seen.whole()).isFalse());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", " \t\r\n\n"})
    void blanksMayStandBeforeTheHeaderOfAnItem(String blanks) {
        assertThat(items("{}\n" + blanks + "{\"type\":\"event\"}\n{}")).satisfies(seen -> {
            assertThat(seen.items()).containsExactly(new ItemSummary(ItemType.Known.EVENT, 2, -1));
            assertThat(seen.whole()).isTrue();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0", "\u000b", "\f", "\u001f", "\u007f"})
    void noOtherControlCharactersAreBlank(String other) {
        assertThat(header(other + "{}\n")).isInstanceOf(HeaderSummary.Broken.class);
        assertThat(items("{}\n" + other + "{\"type\":\"event\"}\n{}")).satisfies(seen -> {
            assertThat(seen.items()).isEmpty();
            assertThat(seen.whole()).isFalse();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE"})
    void headersInOtherEncodingsAreRefusedAndToldWhy(String charset) {
        for (String mark : List.of("", "\ufeff")) {
            byte[] body = (mark + "{}\n").getBytes(Charset.forName(charset));
            assertThat(EnvelopePreview.peekHeader(ContentEncoding.IDENTITY, body))
                    .isInstanceOfSatisfying(
                            HeaderSummary.Broken.class,
                            broken -> assertThat(broken.cause()).contains("header in UTF-16 or UTF-32"));
        }
    }

    @Test
    void aByteOrderMarkIsRefusedByItsName() {
        assertThat(header("\ufeff{}\n"))
                .isInstanceOfSatisfying(
                        HeaderSummary.Broken.class,
                        broken -> assertThat(broken.cause()).contains("byte order mark (expected: UTF-8 without one)"));
    }

    @Test
    void looksAtAHundredItemsAndNoMore() {
        String item = "{\"type\":\"session\"}\n{}\n";
        assertThat(items("{}\n" + item.repeat(100))).satisfies(seen -> {
            assertThat(seen.items()).hasSize(100);
            assertThat(seen.whole()).isTrue();
        });
        assertThat(items("{}\n" + item.repeat(101))).satisfies(seen -> {
            assertThat(seen.items()).hasSize(100);
            assertThat(seen.whole()).isFalse();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"event\",\"length\":3}\n{}",
                "{\"type\":\"event\",\"length\":1}\n{}",
                "{\"type\":\"event\"}\n{}\n\n",
                "{\"type\":\"event\"} \n{}",
                "{\"length\":2}\n{}"
            })
    void aFaultBehindTheFirstLineEndsTheListAndIsNotJudged(String rest) {
        assertThat(items("{}\n{\"type\":\"session\"}\n{}\n" + rest)).satisfies(seen -> {
            assertThat(seen.items()).startsWith(new ItemSummary(ItemType.Known.SESSION, 2, -1));
            assertThat(seen.whole()).isFalse();
        });
    }

    @Test
    void aHeaderOfAnItemMayBeAsLongAsTheWindow() {
        String header = "{\"type\":\"event\",\"x\":\"\"}";
        String longest = header.replace("\"\"", "\"" + "x".repeat(EnvelopePreview.WINDOW - 1 - header.length()) + "\"");

        assertThat(items("{}\n" + longest + "\n{}"))
                .satisfies(seen -> assertThat(seen.whole()).isTrue());
        assertThat(items("{}\n" + longest.replace("xx", "xxxx") + "\n{}")).satisfies(seen -> {
            assertThat(seen.items()).isEmpty();
            assertThat(seen.whole()).isFalse();
        });
    }

    @Test
    void doesNotValidateFramingAfterTheFirstLine() {
        assertThat(items("{}\nrubbish"))
                .satisfies(seen -> assertThat(seen.items()).isEmpty());
    }

    @Test
    void aHeaderLongerThanTheWindowIsBeyondThePreview() {
        assertThat(header("{\"a\":\"" + "x".repeat(EnvelopePreview.WINDOW) + "\"}\n"))
                .isInstanceOf(HeaderSummary.BeyondPreview.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 510, 511, 512, 513, 514, 4000, EnvelopePreview.WINDOW - 1, EnvelopePreview.WINDOW})
    void findsTheFirstLineOfAnEncodedBodyWhereverItEnds(int length) throws IOException {
        String line = "{\"event_id\":\"%s\",\"x\":\"".formatted(ID);
        line += "x".repeat(length - line.length() - 2) + "\"}";
        HeaderSummary whole = length == EnvelopePreview.WINDOW
                ? new HeaderSummary.BeyondPreview()
                : new HeaderSummary.Sound(EventId.parse(ID).orElseThrow(), null);

        for (String rest : List.of("\n", "\n{\"type\":\"event\"}\n" + "x".repeat(20_000))) {
            assertThat(EnvelopePreview.peekHeader(ContentEncoding.GZIP, zipped(line + rest)))
                    .isEqualTo(whole);
            assertThat(EnvelopePreview.peekHeader(ContentEncoding.GZIP, zipped(line.replace(":", ";") + rest)))
                    .isInstanceOf(
                            length == EnvelopePreview.WINDOW
                                    ? HeaderSummary.BeyondPreview.class
                                    : HeaderSummary.Broken.class);
        }
    }

    @Test
    void whatIsNestedInAHeaderIsJudgedAsStrictlyAsTheRest() {
        assertThat(header("{\"sdk\":{\"name\":\"x\"},\"trace\":{\"a\":[1,{}]},\"event_id\":\"%s\"}\n".formatted(ID)))
                .isEqualTo(new HeaderSummary.Sound(EventId.parse(ID).orElseThrow(), null));
        assertThat(header("{\"sdk\":{\"name\":x}}\n")).isInstanceOf(HeaderSummary.Broken.class);
        assertThat(header("{\"sdk\":{\"name\"}}\n")).isInstanceOf(HeaderSummary.Broken.class);
        assertThat(header("{\"sdk\":{},\"sdk\":{}}\n")).isInstanceOf(HeaderSummary.Broken.class);
        assertThat(header("{\"event_id\":{}}\n")).isInstanceOf(HeaderSummary.Broken.class);
        assertThat(header("{\"dsn\":[]}\n")).isInstanceOf(HeaderSummary.Broken.class);
    }

    @Test
    void findsABrokenHeader() {
        assertThat(header("[]\n")).isInstanceOf(HeaderSummary.Broken.class);
        assertThat(header("{\"event_id\":5}\n")).isInstanceOf(HeaderSummary.Broken.class);
        assertThat(header(" \n ")).isInstanceOf(HeaderSummary.Broken.class);
        assertThat(EnvelopePreview.peekHeader(ContentEncoding.GZIP, "no gzip".getBytes(UTF_8)))
                .isInstanceOf(HeaderSummary.Broken.class);
    }

    @Test
    void findsTheEventIdOfAnEventAtItsTopLevelOnly() {
        assertThat(eventId("{\"a\":{\"event_id\":\"x\"},\"event_id\":\"%s\"}".formatted(ID)))
                .contains(ID);
        assertThat(eventId("{\"event_id\":\"%s\",\"message\":\"cut o".formatted(ID)))
                .contains(ID);
        assertThat(eventId("{\"a\":{\"event_id\":\"%s\"}}".formatted(ID))).isEmpty();
        assertThat(eventId("{\"event_id\":\"x\"}")).isEmpty();
        assertThat(eventId("rubbish")).isEmpty();
    }

    private static java.util.Optional<String> eventId(String body) {
        return EnvelopePreview.peekEventId(ContentEncoding.IDENTITY, body.getBytes(UTF_8))
                .map(Object::toString);
    }

    private static ItemSummaries itemsOfZipped(String body) throws IOException {
        return EnvelopePreview.peekItems(ContentEncoding.GZIP, zipped(body));
    }

    private static byte[] zipped(String body) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(body.getBytes(UTF_8));
        }
        return out.toByteArray();
    }

    private static HeaderSummary header(String body) {
        return EnvelopePreview.peekHeader(ContentEncoding.IDENTITY, body.getBytes(UTF_8));
    }

    private static ItemSummaries items(String body) {
        return EnvelopePreview.peekItems(ContentEncoding.IDENTITY, body.getBytes(UTF_8));
    }
}
