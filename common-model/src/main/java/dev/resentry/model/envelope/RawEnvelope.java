package dev.resentry.model.envelope;

import dev.resentry.model.event.EventId;
import dev.resentry.model.outcome.DataCategory;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.project.PublicKey;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An envelope as the gateway received it: the untouched body and what the request said about it.
 *
 * @param receipt the metadata
 * @param body the bytes as they came, still encoded; handed on, never copied or changed
 */
@SuppressWarnings("ArrayRecordComponent") // a body is handed on, never compared
public record RawEnvelope(Receipt receipt, byte[] body) {

    /**
     * What the gateway knows of an envelope without reading behind its first line.
     *
     * @param receivedAt when the body had arrived, in microseconds at the finest
     * @param contentEncoding the {@code Content-Encoding} as it was sent
     * @param eventId the id the sender was answered with, if any
     * @param client the SDK as {@code name/version}
     * @param remoteAddress the address of the sender as far as it is known
     * @param query the raw query of the request without its credentials, where the endpoint reads it
     * @param slug the name of the job, where the path names one
     * @param limited what was over its limit as the envelope arrived: items of these categories are not to be stored
     */
    public record Receipt(
            EnvelopeId id,
            ProjectId projectId,
            PublicKey publicKey,
            Instant receivedAt,
            Endpoint endpoint,
            @Nullable EventId eventId,
            @Nullable String contentEncoding,
            @Nullable String contentType,
            @Nullable String client,
            @Nullable String remoteAddress,
            @Nullable String userAgent,
            @Nullable String origin,
            @Nullable String query,
            @Nullable String slug,
            Set<DataCategory> limited) {

        public Receipt {
            limited = Set.copyOf(limited);
        }
    }

    @Override
    public String toString() {
        return "RawEnvelope[%s, %d bytes]".formatted(receipt.id(), body.length);
    }
}
