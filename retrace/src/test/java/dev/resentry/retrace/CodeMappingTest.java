package dev.resentry.retrace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Stack traces of the program in {@code program}, which R8 has renamed; {@code program/make} does it again. */
class CodeMappingTest {
    private static final CodeMapping MAPPING = mapping();

    @Test
    void framesGetTheirNamesFilesAndLinesBack() throws MalformedMappingException {
        RetracedTrace trace = MAPPING.retrace("o.b", List.of(new JavaFrame("o.d", "a", "SourceFile", 8)));

        assertThat(trace.thrown()).isEqualTo("com.example.shop.CardDeclined");
        assertThat(trace.frames())
                .containsExactly(List.of(new JavaFrame("com.example.shop.Checkout", "charge", "Checkout.java", 18)));
    }

    @Test
    void aFrameIntoWhichOthersWereInlinedBecomesThese() throws MalformedMappingException {
        assertThat(MAPPING.retrace(null, List.of(new JavaFrame("com.example.shop.Shop", "main", "SourceFile", 3)))
                        .frames())
                .containsExactly(List.of(
                        new JavaFrame("com.example.shop.Checkout", "pay", "Checkout.java", 12),
                        new JavaFrame("com.example.shop.Shop", "main", "Shop.java", 8)));
    }

    @Test
    void whatWasThrownTellsWhichFramesWere() throws MalformedMappingException {
        List<JavaFrame> frames = List.of(new JavaFrame("o.d", "a", "SourceFile", 6));

        assertThat(MAPPING.retrace("java.lang.IllegalStateException", frames).frames())
                .as("where the inlined method threw")
                .containsExactly(List.of(
                        new JavaFrame("com.example.shop.Card", "number", "Card.java", 11),
                        new JavaFrame("com.example.shop.Checkout", "charge", "Checkout.java", 21)));
        assertThat(MAPPING.retrace("java.lang.NullPointerException", frames).frames())
                .as("where there was nothing to call it of")
                .containsExactly(List.of(new JavaFrame("com.example.shop.Checkout", "charge", "Checkout.java", 21)));
    }

    @Test
    void aFrameWithoutALineGetsItsNamesBack() throws MalformedMappingException {
        JavaFrame frame = MAPPING.retrace(null, List.of(new JavaFrame("o.c", "a", null, 0)))
                .frames()
                .getFirst()
                .getFirst();

        assertThat(frame.className()).isEqualTo("com.example.shop.Cards");
        assertThat(frame.method()).isEqualTo("find");
    }

    @Test
    void whatIsNotOfTheProgramStays() throws MalformedMappingException {
        var frame = new JavaFrame("java.lang.Thread", "run", "Thread.java", 1474);

        assertThat(MAPPING.retrace("java.lang.Error", List.of(frame)))
                .isEqualTo(new RetracedTrace("java.lang.Error", List.of(List.of(frame))));
        assertThat(MAPPING.knows("java.lang.Thread")).isFalse();
        assertThat(MAPPING.knows("o.d")).isTrue();
    }

    @Test
    void classesInMessagesGetTheirNamesBack() {
        assertThat(MAPPING.retraceMessage(
                        "class o.e cannot be cast to class o.a (o.e and o.a are in unnamed module of loader 'app')"))
                .isEqualTo(
                        "class com.example.shop.Voucher cannot be cast to class com.example.shop.Card"
                                + " (com.example.shop.Voucher and com.example.shop.Card are in unnamed module of loader 'app')");
        assertThat(MAPPING.retraceMessage("Attempt to invoke 'int o.a.hashCode()', e.g. of o.a."))
                .isEqualTo("Attempt to invoke 'int o.a.hashCode()', e.g. of o.a.");
        assertThat(MAPPING.retraceMessage("o.x and /tmp/o.a and a-o.a")).isEqualTo("o.x and /tmp/o.a and a-o.a");
    }

    @Test
    void namesWithoutAPackageAreThoseOfClassesOnlyWhereMachinesWriteThem() {
        CodeMapping flat = read("com.example.Card -> a:\ncom.example.Voucher -> e:\n");

        assertThat(flat.retraceMessage("e cannot be cast to a"))
                .isEqualTo("com.example.Voucher cannot be cast to com.example.Card");
        assertThat(flat.retraceMessage("class e cannot be cast to class a"))
                .isEqualTo("class com.example.Voucher cannot be cast to class com.example.Card");
        assertThat(flat.retraceMessage("a card of e")).isEqualTo("a card of e");
    }

    @Test
    void aMappingOfProGuardHasNoNotesOfR8() throws MalformedMappingException {
        CodeMapping mapping =
                read("com.example.Card -> a.a:\n    5:9:void pay(int):15:19 -> a\n    void pay(long) -> b\n");

        assertThat(mapping.retrace(
                                null,
                                List.of(new JavaFrame("a.a", "a", "SourceFile", 7), new JavaFrame("a.a", "b", null, 0)))
                        .frames())
                .containsExactly(
                        List.of(new JavaFrame("com.example.Card", "pay", "Card.java", 17)),
                        List.of(new JavaFrame("com.example.Card", "pay", null, 0)));
    }

    @Test
    void anInlinedFrameHasTheFileOfItsOwnClass() throws MalformedMappingException {
        CodeMapping mapping = read("""
                # {"id":"com.android.tools.r8.mapping","version":"2.2"}
                com.example.Basket -> a:
                # {"id":"sourceFile","fileName":"Basket.kt"}
                    1:1:void com.example.CardsKt.find():3:3 -> a
                    1:1:void pay():9 -> a
                com.example.CardsKt -> b:
                # {"id":"sourceFile","fileName":"Cards.kt"}
                """);

        assertThat(mapping.retrace(null, List.of(new JavaFrame("a", "a", "SourceFile", 1)))
                        .frames())
                .containsExactly(List.of(
                        new JavaFrame("com.example.CardsKt", "find", "Cards.kt", 3),
                        new JavaFrame("com.example.Basket", "pay", "Basket.kt", 9)));
    }

    @Test
    void whatIsNoMappingSaysWhy() {
        assertThat(CodeMapping.read("# made by hand\ncom.example.Card -> a\n".getBytes(UTF_8)))
                .isEqualTo(new CodeMapping.Reading.Malformed(
                        "line 2: 'com.example.Card -> a' (expected: 'original.Class -> renamed:')"));
        assertThat(CodeMapping.read(("com.example.Card -> a:\n" + "    int b -> c\n".repeat(300_000)).getBytes(UTF_8)))
                .isEqualTo(new CodeMapping.Reading.Malformed(
                        "com.example.Card: 4500023 bytes (limit of a class: 4194304)"));
    }

    @Test
    void whatIsBrokenOfOneClassConcernsNoOther() throws MalformedMappingException {
        CodeMapping mapping = read("com.example.Card -> a:\n    what is this\ncom.example.Voucher -> b:\r\n");

        assertThatThrownBy(() -> mapping.retrace(null, List.of(new JavaFrame("a", "a", null, 0))))
                .isInstanceOf(MalformedMappingException.class)
                .hasMessage("Parse error Expected '-'");
        assertThat(mapping.retrace("b", List.of()).thrown()).isEqualTo("com.example.Voucher");
    }

    private static CodeMapping mapping() {
        try (InputStream in =
                Objects.requireNonNull(CodeMappingTest.class.getResourceAsStream("/program/mapping.txt"))) {
            return read(new String(in.readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CodeMapping read(String text) {
        return switch (CodeMapping.read(text.getBytes(UTF_8))) {
            case CodeMapping.Reading.Read(CodeMapping mapping) -> mapping;
            case CodeMapping.Reading.Malformed(String cause) -> throw new AssertionError(cause);
        };
    }
}
