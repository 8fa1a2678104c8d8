package dev.resentry.model.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.encoding.ContentEncoding;
import dev.resentry.model.envelope.BodyHead.EnvelopePeek;
import org.junit.jupiter.api.Test;

class BodyHeadTest {
    private static final String ID = "9ec79c33ec9942ab8353589fcb2e04dc";

    @Test
    void seesTheHeaderAndTheFirstItemsType() {
        assertThat(peek("{\"event_id\":\"%s\"}\n{\"type\":\"event\"}\n{".formatted(ID)))
                .isInstanceOfSatisfying(EnvelopePeek.Seen.class, seen -> {
                    assertThat(seen.header().eventId()).hasToString(ID);
                    assertThat(seen.items().getFirst().type()).isEqualTo(ItemType.Known.EVENT);
                });
    }

    @Test
    void leavesFramingBehindTheFirstLineToTheProcessor() {
        assertThat(peek("{}\nrubbish"))
                .isInstanceOfSatisfying(
                        EnvelopePeek.Seen.class,
                        seen -> assertThat(seen.items()).isEmpty());
    }

    @Test
    void doesNotJudgeALineLongerThanItsWindow() {
        assertThat(peek("{\"a\":\"" + "x".repeat(BodyHead.WINDOW) + "\"}\n"))
                .isInstanceOf(EnvelopePeek.BeyondWindow.class);
    }

    @Test
    void findsABrokenHeader() {
        assertThat(peek("[]\n")).isInstanceOf(EnvelopePeek.Broken.class);
        assertThat(peek("{\"event_id\":5}\n")).isInstanceOf(EnvelopePeek.Broken.class);
        assertThat(peek(" \n ")).isInstanceOf(EnvelopePeek.Broken.class);
        assertThat(BodyHead.peekEnvelope(ContentEncoding.GZIP, "no gzip".getBytes(UTF_8)))
                .isInstanceOf(EnvelopePeek.Broken.class);
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
        return BodyHead.peekEventId(ContentEncoding.IDENTITY, body.getBytes(UTF_8))
                .map(Object::toString);
    }

    private static EnvelopePeek peek(String body) {
        return BodyHead.peekEnvelope(ContentEncoding.IDENTITY, body.getBytes(UTF_8));
    }
}
