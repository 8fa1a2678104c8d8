package dev.resentry.query.auth;

import java.time.Instant;

/** The app of a user, which has taken a secret in. */
public final class AuthenticatorApp {
    private static final String DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private final byte[] secret;

    /** @param secret in Base32 */
    public AuthenticatorApp(String secret) {
        this.secret = new byte[secret.length() * 5 / 8];
        for (int bit = 0; bit < this.secret.length * 8; bit++) {
            int one = (DIGITS.indexOf(secret.charAt(bit / 5)) >> (4 - bit % 5)) & 1;
            this.secret[bit / 8] |= (byte) (one << (7 - bit % 8));
        }
    }

    byte[] secret() {
        return secret.clone();
    }

    /** The code that the app shows. */
    public String code() {
        return code(0);
    }

    /** The code of a later step of time. */
    String code(int stepsAhead) {
        return Totp.code(secret, Totp.stepAt(Instant.now()) + stepsAhead);
    }
}
