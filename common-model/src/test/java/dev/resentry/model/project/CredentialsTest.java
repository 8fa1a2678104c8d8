package dev.resentry.model.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** DSNs and credentials, ingest protocol section 1.3. */
class CredentialsTest {
    private static final String KEY = "e12d836b15bb49d7bbf99e64295d995b";

    @Test
    void aHeaderOfAnSdkIsRead() {
        assertThat(SentryAuth.parseHeader("Sentry sentry_version=7,sentry_client=sentry.java/8.62.0,sentry_key=" + KEY))
                .isEqualTo(new AuthParse.Found(new Credentials(new PublicKey(KEY), "sentry.java/8.62.0")));
        assertThat(SentryAuth.parseHeader("sentry sentry_key=%s, sentry_secret=x, sentry_timestamp=1".formatted(KEY)))
                .isEqualTo(new AuthParse.Found(new Credentials(new PublicKey(KEY), null)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer abc", "Basic abc", "Sentry"})
    void aHeaderOfAnotherSchemeIsAbsent(String header) {
        assertThat(SentryAuth.parseHeader(header)).isEqualTo(new AuthParse.Absent());
    }

    @Test
    void aBrokenHeaderSaysWhatIsMissing() {
        assertThat(SentryAuth.parseHeader("Sentry sentry_version=7"))
                .isEqualTo(new AuthParse.Invalid("sentry_key: missing"));
        assertThat(SentryAuth.parseHeader("Sentry sentry_key=short"))
                .isEqualTo(new AuthParse.BadKey("sentry_key: 5 characters (expected: 32)"));
        assertThat(SentryAuth.parseHeader("Sentry sentry_version=x,sentry_key=" + KEY))
                .isEqualTo(new AuthParse.Invalid("sentry_version: not a number"));
        assertThat(SentryAuth.parseHeader("Sentry sentry_version=8,sentry_key=" + KEY))
                .isEqualTo(new AuthParse.UnsupportedVersion("8"));
    }

    @Test
    void aQueryIsACredentialOnlyWithAKey() {
        assertThat(SentryAuth.parseQuery("sentry_version=7&sentry_key=%s&sentry_client=a%%2F1".formatted(KEY)))
                .isEqualTo(new AuthParse.Found(new Credentials(new PublicKey(KEY), "a/1")));
        assertThat(SentryAuth.parseQuery("sentry_release=1")).isEqualTo(new AuthParse.Absent());
        assertThat(SentryAuth.parseQuery("x=sentry_key")).isEqualTo(new AuthParse.Absent());
        assertThat(SentryAuth.parseQuery("sentry_key=%zz")).isInstanceOf(AuthParse.Invalid.class);
        assertThat(SentryAuth.parseQuery("sentry_release=100%%&sentry_key=%s".formatted(KEY)))
                .as("what is not about the sender is not read")
                .isInstanceOf(AuthParse.Found.class);
        assertThat(SentryAuth.parseQuery(null)).isEqualTo(new AuthParse.Absent());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://" + KEY + "@sentry.example/42",
                "http://" + KEY + "@localhost:9000/42",
                "http://" + KEY + "@localhost:9000/prefix/42",
                "http://" + KEY + "@sentry_web:9000/42",
                "http://" + KEY + "@[::1]:9000/42"
            })
    void aDsnIsWrittenAsItIsRead(String text) {
        assertThat(Dsn.parse(text)).isPresent().get().hasToString(text);
    }

    @Test
    void theSecretOfADsnIsIgnored() {
        assertThat(Dsn.parse("https://%s:secret@sentry.example/42".formatted(KEY)))
                .isPresent()
                .get()
                .hasToString("https://%s@sentry.example/42".formatted(KEY));
        assertThat(Dsn.parse("https://%s:@sentry.example/42".formatted(KEY))).isPresent();
    }

    @Test
    void theEnvelopeEndpointStandsBelowThePath() {
        assertThat(Dsn.parse("http://%s@localhost:9000/a/b/42".formatted(KEY))
                        .orElseThrow()
                        .envelopeEndpoint())
                .hasToString("http://localhost:9000/a/b/api/42/envelope/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "https://sentry.example/42",
                "https://short@sentry.example/42",
                "https://" + KEY + "@h/x",
                ":"
            })
    void whatIsNoDsnIsNone(String text) {
        assertThat(Dsn.parse(text)).isEmpty();
    }

    @Test
    void aKeyIsStrippedOfItsFlags() {
        assertThat(PublicKey.parse(KEY + ".no-cache")).contains(new PublicKey(KEY));
        assertThat(PublicKey.parse(KEY + "0")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {".", ",", "=", " ", "\u007f", "é"})
    void aKeyHasNoCharacterThatEndsItOrIsNotVisible(String character) {
        String text = character + KEY.substring(1);

        assertThatThrownBy(() -> new PublicKey(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("public key: 32 characters (expected: 32 visible ASCII characters, none of them .,=)");
        assertThat(PublicKey.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "1.0", "abc", "99999999999999999999", "٣"})
    void aProjectIdIsADecimalNumberAboveZero(String text) {
        assertThat(ProjectId.parse(text)).isEmpty();
    }
}
