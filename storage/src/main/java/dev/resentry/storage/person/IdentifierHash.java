package dev.resentry.storage.person;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Hashes identifiers of persons: HMAC-SHA256 with a secret of the installation, of a project's number and the identifier. E-mail
 * addresses are alike without case; of other identifiers case counts.
 */
final class IdentifierHash {
    /** Names the secret in {@code installation_secrets}. */
    static final String SECRET = "deleted-persons";

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    /** @param secret as {@link #newSecret} made it */
    IdentifierHash(String secret) {
        this.key = new SecretKeySpec(secret.getBytes(UTF_8), ALGORITHM);
    }

    static String newSecret() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** The hash in hex. */
    String of(long projectId, String identifier) {
        String stripped = identifier.strip();
        String alike = stripped.contains("@") ? stripped.toLowerCase(Locale.ROOT) : stripped;
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal((projectId + ":" + alike).getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
