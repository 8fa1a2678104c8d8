package dev.resentry.conversion;

import static dev.resentry.conversion.Converted.FORM;
import static dev.resentry.conversion.Converted.form;
import static dev.resentry.conversion.Converted.items;
import static dev.resentry.conversion.Converted.part;
import static dev.resentry.conversion.Converted.refusal;
import static dev.resentry.conversion.Converted.text;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.envelope.Endpoint;
import dev.resentry.model.envelope.EnvelopeItem;
import dev.resentry.model.outcome.DropReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Multipart forms as old and new crash reporters write them. */
class FormFilesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    filename="größe中.dmp"                            | größe中.dmp
                    filename="a\\"b.dmp"                              | a"b.dmp
                    filename="C:\\dir\\x.dmp"                         | C:\\dir\\x.dmp
                    filename=bare.dmp                                 | bare.dmp
                    filename="semi;colon=.dmp"                        | semi;colon=.dmp
                    filename="old.dmp"; filename*=UTF-8''gr%C3%B6+.dmp | grö+.dmp
                    FileName = "case.dmp" ; filename="second.dmp"     | case.dmp
                    """)
    void aFileIsCalledWhatItsSenderCallsIt(String disposition, String name) {
        byte[] body = form(part("name=\"f\"; " + disposition, "x")).getBytes(UTF_8);

        assertThat(items(Endpoint.ATTACHMENTS, FORM, body))
                .extracting(item -> item.header().filename())
                .containsExactly(name);
    }

    @Test
    void aLongFileNameDoesNotLoseTheFile() {
        String name = "a".repeat(4_000);

        assertThat(items(
                                Endpoint.MINIDUMP,
                                FORM,
                                form(part("name=\"upload_file_minidump\"; filename=\"" + name + "\"", "MDMP")))
                        .getLast()
                        .header()
                        .filename())
                .isEqualTo(name);
    }

    @Test
    void filesAreViewsOfTheBody() {
        byte[] body = form(part("name=\"f\"; filename=\"x\"", "content")).getBytes(ISO_8859_1);

        EnvelopeItem file = items(Endpoint.ATTACHMENTS, FORM, body).getFirst();

        assertThat(file.payload().source()).isSameAs(body);
        assertThat(text(file)).isEqualTo("content");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\r\n",
                "\r\n--xY",
                "\r\n--xYzz\r\n",
                "\r\n--xYz-\r\n",
                "\r\n--xYz \tnot behind the delimiter\r\n",
                "\r\n\r\n"
            })
    void whatOnlyLooksLikeADelimiterIsContent(String content) {
        assertThat(items(
                        Endpoint.ATTACHMENTS,
                        FORM,
                        form(part("name=\"a\"; filename=\"1\"", content), part("name=\"b\"; filename=\"2\"", "x"))))
                .extracting(Converted::text)
                .containsExactly(content, "x");
    }

    @Test
    void preambleAndEpilogueOfAFormAreIgnored() {
        String form = form(part("name=\"a\"; filename=\"1\"", "x")).replace("--xYz\r\n", "--xYz \t\r\n");

        assertThat(items(Endpoint.ATTACHMENTS, FORM, "no part\r\n" + form + "no part either"))
                .hasSize(1);
    }

    @Test
    void anEmptyPartNeedsNoNewlineOfItsOwn() {
        String body = "--xYz\r\nContent-Disposition: form-data; name=a; filename=1\r\n\r\n--xYz--";

        assertThat(items(Endpoint.ATTACHMENTS, FORM, body))
                .extracting(Converted::text)
                .containsExactly("");
    }

    @Test
    @Timeout(60)
    void noBodyTakesLongerThanItsLength() {
        String almost = "\r\n--" + "a".repeat(199);
        byte[] body = ("--" + "a".repeat(200) + "\r\n\r\n\r\n" + almost.repeat(50_000)).getBytes(ISO_8859_1);

        assertThat(refusal(Endpoint.ATTACHMENTS, "multipart/form-data; boundary=" + "a".repeat(200), body))
                .isEqualTo(DropReason.INVALID_MULTIPART);
    }
}
