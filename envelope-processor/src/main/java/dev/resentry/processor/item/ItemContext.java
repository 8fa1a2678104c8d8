package dev.resentry.processor.item;

import dev.resentry.model.envelope.RawEnvelope.Receipt;
import dev.resentry.model.event.EventId;
import org.jspecify.annotations.Nullable;

/**
 * What a handler knows of the envelope around an item.
 *
 * @param headerId the event id in the envelope's header, if there is one
 * @param fallbackId the id of an event that brings none: the same at each replay
 * @param converted whether the envelope was made of a body that came by another route; such a body may hold many events
 * @param index how many items of the same type stand in front of it, not counting those over a limit
 * @param storedBytes how many bytes of payload those of them have of which rows are stored
 */
public record ItemContext(
        Receipt receipt,
        @Nullable EventId headerId,
        EventId fallbackId,
        boolean converted,
        int index,
        long storedBytes) {}
