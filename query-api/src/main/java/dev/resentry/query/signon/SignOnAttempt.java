package dev.resentry.query.signon;

import dev.resentry.query.auth.SealedBytes;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a browser keeps of a sign-on under way, sealed, so that any process can finish it, and none can that another browser began.
 *
 * @param state what the provider has to send back
 * @param nonce what its token has to prove to be made for
 * @param verifier what proves to the provider that the one who asks for the token is the one who asked for the code (PKCE)
 * @param next where to go then, in the pages
 * @param expiresAt in seconds
 */
record SignOnAttempt(String state, String nonce, String verifier, String next, long expiresAt) {

    String sealed(SealedBytes seal, JsonMapper json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(seal.seal(json.writeValueAsBytes(this)));
    }

    /** An attempt that is still good; empty if the text is not one of ours, or not any more. */
    static Optional<SignOnAttempt> open(String text, SealedBytes seal, JsonMapper json, Instant now) {
        try {
            return seal.open(Base64.getUrlDecoder().decode(text))
                    .map(content -> json.readValue(content, SignOnAttempt.class))
                    .filter(attempt -> attempt.expiresAt() > now.getEpochSecond());
        } catch (IllegalArgumentException | JacksonException _) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "SignOnAttempt[redacted]";
    }
}
