package dev.resentry.query.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {
    private static final byte[] SECRET = "12345678901234567890".getBytes(US_ASCII);

    /** Of appendix B of RFC 6238, their last six digits. */
    @ParameterizedTest
    @CsvSource({
        "59, 287082",
        "1111111109, 081804",
        "1111111111, 050471",
        "1234567890, 005924",
        "2000000000, 279037",
        "20000000000, 353130"
    })
    void tellsTheCodesOfTheStandard(long seconds, String code) {
        Instant time = Instant.ofEpochSecond(seconds);

        assertThat(Totp.code(SECRET, Totp.stepAt(time))).isEqualTo(code);
        assertThat(Totp.stepOf(SECRET, code, time)).hasValue(Totp.stepAt(time));
    }

    @Test
    void takesTheCodesOfTheStepsBesideAndOfNoOthers() {
        Instant now = Instant.ofEpochSecond(1_111_111_111);
        long step = Totp.stepAt(now);

        assertThat(Totp.stepOf(SECRET, Totp.code(SECRET, step - 1), now)).hasValue(step - 1);
        assertThat(Totp.stepOf(SECRET, Totp.code(SECRET, step + 1), now)).hasValue(step + 1);
        assertThat(Totp.stepOf(SECRET, Totp.code(SECRET, step - 2), now)).isEmpty();
        assertThat(Totp.stepOf(SECRET, Totp.code(SECRET, step + 2), now)).isEmpty();
    }

    /** Of section 10 of RFC 4648, without padding, which apps do not want. */
    @ParameterizedTest
    @CsvSource({"'', ''", "f, MY", "fo, MZXQ", "foo, MZXW6", "foob, MZXW6YQ", "fooba, MZXW6YTB", "foobar, MZXW6YTBOI"})
    void writesSecretsInBase32(String text, String written) {
        assertThat(Totp.base32(text.getBytes(US_ASCII))).isEqualTo(written);
    }

    @Test
    void namesTheInstallationAndTheAccountToTheApp() {
        assertThat(Totp.uri(SECRET, "Resentry errors.example.com", "ada+l@example.com"))
                .isEqualTo("otpauth://totp/Resentry%20errors.example.com:ada%2Bl%40example.com"
                        + "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Resentry%20errors.example.com");
    }
}
