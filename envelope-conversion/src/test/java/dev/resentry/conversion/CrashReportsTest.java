package dev.resentry.conversion;

import static dev.resentry.conversion.Converted.FORM;
import static dev.resentry.conversion.Converted.form;
import static dev.resentry.conversion.Converted.items;
import static dev.resentry.conversion.Converted.json;
import static dev.resentry.conversion.Converted.part;
import static dev.resentry.conversion.Converted.refusal;
import static dev.resentry.conversion.Converted.text;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.envelope.Endpoint;
import dev.resentry.model.envelope.EnvelopeItem;
import dev.resentry.model.outcome.DropReason;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class CrashReportsTest {
    /** {@code MDMP, packed}, by the command line tools. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "gz, H4sIAAAAAAAAA/N18Q3QUShITM5OTQEATIzOWwwAAAA=",
        "xz, /Td6WFoAAATm1rRGAgAhARYAAAB0L+WjAQALTURNUCwgcGFja2VkAOWiE85Mc3K+AAEkDKYY2NgftvN9AQAAAAAEWVo=",
        "bz2, QlpoOTFBWSZTWSG708QAAAGXgEAEBAJAAC4IQAAgADEA000EBo0aQAblHkl4u5IpwoSBDd6eIA==",
        "zst, KLUv/SAMYQAATURNUCwgcGFja2Vk"
    })
    void aDumpIsUnpackedAndLosesTheSuffixThatSaysHowItWasPacked(String suffix, String base64) {
        String packed = new String(Base64.getDecoder().decode(base64), ISO_8859_1);

        EnvelopeItem inForm = items(
                        Endpoint.MINIDUMP,
                        FORM,
                        form(part("name=\"upload_file_minidump\"; filename=\"crash.dmp." + suffix + "\"", packed)))
                .getLast();
        EnvelopeItem alone =
                items(Endpoint.MINIDUMP, "application/x-dmp", packed).getLast();

        assertThat(text(inForm)).isEqualTo("MDMP, packed");
        assertThat(inForm.header().filename()).isEqualTo("crash.dmp");
        assertThat(text(alone)).isEqualTo("MDMP, packed");
    }

    @Test
    void aCompressedFileThatIsNoDumpOrIsTruncatedIsRejected() {
        byte[] breaksOff = Base64.getDecoder()
                .decode("/Td6WFoAAATm1rRGAgAhARYAAAB0L+WjAQALTURNUCwgcGFja2VkAOWiE85Mc3K+AAEkDKYY2NgftvN9AQAAAAAEWVo=");

        assertThat(refusal(Endpoint.MINIDUMP, null, Arrays.copyOf(breaksOff, breaksOff.length - 3)))
                .isEqualTo(DropReason.INVALID_MINIDUMP);
        assertThat(refusal(Endpoint.MINIDUMP, null, Base64.getDecoder().decode("H4sIAAAAAAAAA8tIzcnJBwCGphA2BQAAAA==")))
                .isEqualTo(DropReason.INVALID_MINIDUMP);
    }

    @Test
    void aDumpThatDecompressesBeyondTheLimitIsTooLarge() {
        assertThat(refusal(
                        Endpoint.MINIDUMP,
                        null,
                        Base64.getDecoder()
                                .decode("QlpoOTFBWSZTWcOhLOEAVEDIAMAAAAIACCAAMMwFKaaAhJsIEJPF3JFOFCQw6Es4QA==")))
                .isEqualTo(DropReason.TOO_LARGE);
    }

    @Test
    void aTooLargeDescriptionDoesNotLoseTheDump() {
        List<EnvelopeItem> items = items(
                Endpoint.MINIDUMP,
                FORM,
                form(
                        part("name=\"sentry\"", "{\"release\":\"" + "x".repeat(5_000_000) + "\"}"),
                        part("name=\"upload_file_minidump\"; filename=\"crash.dmp\"", "MDMP")));

        assertThat(json(items.getFirst()).has("release")).isFalse();
        assertThat(text(items.getLast())).isEqualTo("MDMP");
    }

    @Test
    void whatTheProgramSaidInTheFormDescribesTheEvent() {
        // {"release": "game@2.1", "tags": {"gpu": "radeon"}, "user": {"id": 7}} in MessagePack
        String event =
                "\u0083\u00a7release\u00a8game@2.1\u00a4tags\u0081\u00a3gpu\u00a6radeon\u00a4user\u0081\u00a2id\u0007";
        String breadcrumbs = "\u0081\u00a7message\u00a5start\u0081\u00a7message\u00a5level";

        JsonNode described = json(items(
                        Endpoint.MINIDUMP,
                        FORM,
                        form(
                                part("name=\"__sentry-event\"; filename=\"__sentry-event\"", event),
                                part("name=\"__sentry-breadcrumb1\"; filename=\"__sentry-breadcrumb1\"", breadcrumbs),
                                part("name=\"sentry[tags][region]\"", "eu"),
                                part("name=\"sentry[environment]\"", "beta"),
                                part("name=\"sentry[tags\"", "no path"),
                                part("name=\"guid\"", "a-b-c"),
                                part(
                                        "name=\"upload_file_minidump\"; filename=\"crash.dmp\"",
                                        MinidumpFile.of(MinidumpFile.LINUX, 6, 0x1010, "game"))))
                .getFirst());

        assertThat(described.path("release").asString()).isEqualTo("game@2.1");
        assertThat(described.path("tags").toString()).isEqualTo("{\"gpu\":\"radeon\",\"region\":\"eu\"}");
        assertThat(described.at("/user/id").asInt()).isEqualTo(7);
        assertThat(described.path("environment").asString()).isEqualTo("beta");
        assertThat(described.path("extra").toString()).isEqualTo("{\"sentry[tags\":\"no path\",\"guid\":\"a-b-c\"}");
        assertThat(described.path("breadcrumbs"))
                .extracting(crumb -> crumb.path("message").asString())
                .containsExactly("start", "level");
        assertThat(described.at("/exception/values/0/value").asString()).isEqualTo("Fatal Error: SIGABRT at game+0x10");
    }

    @Test
    void aDescriptionThatBreaksOffIsLeftOut() {
        List<EnvelopeItem> items = items(
                Endpoint.MINIDUMP,
                FORM,
                form(
                        part("name=\"__sentry-event\"; filename=\"__sentry-event\"", "\u0083\u00a7rel"),
                        part("name=\"upload_file_minidump\"; filename=\"crash.dmp\"", "MDMP")));

        assertThat(json(items.getFirst()).at("/exception/values/0/type").asString())
                .isEqualTo("Native crash");
    }
}
