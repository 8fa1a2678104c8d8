package dev.resentry.storage.ingest;

import dev.resentry.model.envelope.ItemHeader;
import dev.resentry.model.event.EventId;
import dev.resentry.model.outcome.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * One item of an envelope. Its payload stays in the envelope's body.
 *
 * @param payloadOffset where the payload begins in the decoded body, in bytes
 * @param eventId the event it is, or belongs to
 * @param outcome its fate as far as the processor knows it
 * @param event what is to be stored of it as an event, if it is one
 */
public record IngestedItem(
        ItemHeader header,
        int payloadOffset,
        int payloadLength,
        @Nullable EventId eventId,
        Outcome outcome,
        @Nullable NewEvent event) {}
