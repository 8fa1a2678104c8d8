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
}
