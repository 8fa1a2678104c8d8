package dev.resentry.query.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SealedBytesTest {
    private static final InstallationSecret SECRET = new InstallationSecret("a secret of at least 32 bytes, really");
    private static final byte[] CONTENT = "what nobody reads".getBytes(UTF_8);

    private final SealedBytes seal = new SealedBytes(SECRET, "tests");

    @Test
    void opensWhatItSealed() {
        byte[] sealed = seal.seal(CONTENT);

        assertThat(new String(sealed, UTF_8)).doesNotContain("nobody");
        assertThat(seal.open(sealed)).hasValue(CONTENT);
        assertThat(seal.seal(CONTENT)).as("each time another").isNotEqualTo(sealed);
    }

    @Test
    void opensNothingThatOthersMadeOrChanged() {
        byte[] sealed = seal.seal(CONTENT);
        byte[] changed = sealed.clone();
        changed[sealed.length - 1] ^= 1;

        assertThat(seal.open(changed)).isEmpty();
        assertThat(seal.open(new byte[0])).isEmpty();
        assertThat(seal.open("not one of ours, whatever its length".getBytes(UTF_8)))
                .isEmpty();
        assertThat(new SealedBytes(SECRET, "another purpose").open(sealed)).isEmpty();
        assertThat(new SealedBytes(new InstallationSecret("another"), "tests").open(sealed))
                .isEmpty();
    }
}
