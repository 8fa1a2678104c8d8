package dev.resentry.processor.item;

import dev.resentry.model.envelope.Payload;
import dev.resentry.model.envelope.RawEnvelope.Receipt;
import dev.resentry.model.event.EventId;
import dev.resentry.processing.filter.Sender;
import dev.resentry.processing.normalize.NormalizationContext;
import dev.resentry.processor.project.ProjectRules;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a handler knows of the envelope around an item.
 *
 * @param rules what the project decides about its items
 * @param headerId the event id in the envelope's header, if there is one
 * @param sentAt when the envelope was sent, by the clock of the sender
 * @param crashDump the minidump among the envelope's attachments
 * @param fallbackId the id of an event that brings none: the same at each replay
 * @param converted whether the envelope was made of a body that came by another route; such a body may hold many events
 * @param index how many items of the same type stand in front of it, not counting those over a limit
 * @param storedBytes how many bytes of payload those of them have of which rows are stored
 */
public record ItemContext(
        Receipt receipt,
        ProjectRules rules,
        @Nullable EventId headerId,
        @Nullable Instant sentAt,
        @Nullable Payload crashDump,
        EventId fallbackId,
        boolean converted,
        int index,
        long storedBytes) {

    /** The same for an item in front of which none of its type stands. */
    ItemContext ofFirst() {
        return new ItemContext(receipt, rules, headerId, sentAt, crashDump, fallbackId, converted, 0, 0);
    }

    /** What filters need of it. */
    public Sender sender() {
        return new Sender(receipt.remoteAddress(), receipt.userAgent());
    }

    /** What normalising needs of it. */
    public NormalizationContext normalization() {
        return new NormalizationContext(
                headerId,
                fallbackId,
                receipt.receivedAt(),
                sentAt,
                receipt.remoteAddress(),
                receipt.userAgent(),
                receipt.client());
    }
}
