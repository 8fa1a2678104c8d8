package dev.resentry.conversion;

import dev.resentry.model.envelope.Endpoint;
import dev.resentry.model.envelope.RawEnvelope.Receipt;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a conversion reads besides the body. The same context and body always give the same envelope, so that a payload can be
 * converted again when a reader requests it.
 */
public record ConversionContext(
        Endpoint endpoint,
        Instant receivedAt,
        @Nullable String contentType,
        @Nullable String userAgent,
        @Nullable String query,
        @Nullable String slug) {

    public static ConversionContext of(Receipt receipt) {
        return new ConversionContext(
                receipt.endpoint(),
                receipt.receivedAt(),
                receipt.contentType(),
                receipt.userAgent(),
                receipt.query(),
                receipt.slug());
    }
}
