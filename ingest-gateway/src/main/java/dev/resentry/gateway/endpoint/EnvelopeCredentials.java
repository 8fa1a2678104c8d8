package dev.resentry.gateway.endpoint;

import dev.resentry.model.encoding.ContentEncoding;
import dev.resentry.model.envelope.EnvelopePreview;
import dev.resentry.model.envelope.EnvelopePreview.HeaderSummary;
import dev.resentry.model.project.Credentials;
import dev.resentry.model.project.Dsn;

/** The credentials in the first line of an envelope. */
sealed interface EnvelopeCredentials {

    record Found(Credentials credentials) implements EnvelopeCredentials {}

    record Missing(String cause) implements EnvelopeCredentials {}

    /** Packed in the largest blocks, the first line comes out when all of the first block is there. */
    int ENOUGH_PACKED = 192 * 1024;

    /** How much of a body tells for sure whether there are any. */
    static int enough(ContentEncoding encoding) {
        return encoding == ContentEncoding.IDENTITY ? EnvelopePreview.WINDOW + 1 : ENOUGH_PACKED;
    }

    static EnvelopeCredentials of(ContentEncoding encoding, byte[] body) {
        return switch (EnvelopePreview.peekHeader(encoding, body)) {
            case HeaderSummary.Broken(String cause) -> new Missing(cause);
            case HeaderSummary.BeyondPreview _ ->
                new Missing("the envelope's header is longer than %d bytes".formatted(EnvelopePreview.WINDOW));
            case HeaderSummary.Sound sound -> {
                Dsn dsn = sound.dsn();
                yield dsn == null
                        ? new Missing("the envelope's header has no dsn")
                        : new Found(new Credentials(dsn.publicKey(), null));
            }
        };
    }
}
