package dev.resentry.processor;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.conversion.Conversion;
import dev.resentry.conversion.ConversionContext;
import dev.resentry.conversion.EnvelopeConversion;
import dev.resentry.model.encoding.BoundedDecoder;
import dev.resentry.model.encoding.ContentEncoding;
import dev.resentry.model.encoding.Decoded;
import dev.resentry.model.envelope.Endpoint;
import dev.resentry.model.envelope.Envelope;
import dev.resentry.model.envelope.EnvelopeItem;
import dev.resentry.model.envelope.EnvelopeItem.EventItem;
import dev.resentry.model.envelope.EnvelopeReader;
import dev.resentry.model.envelope.LimitedItems;
import dev.resentry.model.envelope.RawEnvelope;
import dev.resentry.model.event.EventId;
import dev.resentry.model.outcome.DropReason;
import dev.resentry.model.outcome.Outcome;
import dev.resentry.storage.ingest.IngestedEnvelope;
import dev.resentry.storage.ingest.IngestedItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is made of one envelope: decode, split, and for its events normalise and group. Pure, apart from the time it takes:
 * the same envelope always becomes the same. Never fails for what is inside an envelope; that becomes an outcome.
 */
public final class EnvelopePipeline {
    private final BoundedDecoder decoder;
    private final EnvelopeConversion conversion;
    private final EventStep events;
    private final int maxEvents;

    public EnvelopePipeline(BoundedDecoder decoder, EnvelopeReader reader, EventStep events, int maxEvents) {
        this.decoder = decoder;
        this.conversion = new EnvelopeConversion(reader, decoder);
        this.events = events;
        this.maxEvents = maxEvents;
    }

    public IngestedEnvelope process(RawEnvelope raw) {
        Optional<ContentEncoding> encoding = ContentEncoding.parse(raw.receipt().contentEncoding());
        if (encoding.isEmpty()) {
            return dropped(
                    raw,
                    DropReason.INVALID_ENCODING,
                    "unknown encoding: " + raw.receipt().contentEncoding());
        }
        return switch (decoder.decode(encoding.get(), raw.body())) {
            case Decoded.TooLarge(long limit) ->
                dropped(raw, DropReason.TOO_LARGE, "the decoded body has more than %d bytes".formatted(limit));
            case Decoded.Malformed(String format, long offset, String cause) ->
                dropped(
                        raw,
                        DropReason.INVALID_ENCODING,
                        "not valid %s after %d decoded bytes: %s".formatted(format, offset, cause));
            case Decoded.Content(byte[] content) -> split(raw, content);
        };
    }

    private IngestedEnvelope split(RawEnvelope raw, byte[] content) {
        return switch (conversion.convert(ConversionContext.of(raw.receipt()), content)) {
            case Conversion.Rejected(DropReason reason, String cause) -> dropped(raw, reason, cause);
            case Conversion.Converted(Envelope envelope) -> items(raw, envelope);
        };
    }

    private IngestedEnvelope items(RawEnvelope raw, Envelope envelope) {
        EventId fallbackId = fallbackId(raw);
        boolean converted = isConverted(raw.receipt().endpoint());
        // What came by a route of its own has no header; the id that its sender was answered stands for it.
        EventId headerId = converted ? fallbackId : envelope.header().eventId();
        LimitedItems limited = LimitedItems.of(
                raw.receipt().limited(),
                envelope.items().stream().map(item -> item.header().type()).toList());
        List<IngestedItem> items = new ArrayList<>();
        EventId firstEvent = null;
        int eventCount = 0;
        long eventBytes = 0;
        for (EnvelopeItem item : envelope.items()) {
            if (limited.contains(item.header().type(), item.header().isNativeCrash())) {
                items.add(dropped(item, DropReason.RATE_LIMITED, "over the limit when it arrived"));
            } else if (item instanceof EventItem event) {
                EventId id = converted && eventCount > 0 ? derived(fallbackId, eventCount) : headerId;
                // Browsers and collectors report many at once, within bounds of their own; SDKs send one.
                IngestedItem ingested = ++eventCount > maxEvents && !converted
                        ? dropped(
                                item,
                                DropReason.INVALID_ITEM,
                                "more than %d events in one envelope".formatted(maxEvents))
                        : events.ingest(event, id, fallbackId, raw.receipt().receivedAt(), eventBytes);
                eventBytes += ingested.rows().isEmpty() ? 0 : ingested.payloadLength();
                firstEvent = firstEvent == null ? ingested.eventId() : firstEvent;
                items.add(ingested);
            } else {
                EventId belongsTo = item.header().type().needsEventId() ? headerId : null;
                items.add(kept(item, belongsTo));
            }
        }
        EventId envelopeEventId = headerId == null || converted ? firstEvent : headerId;
        return new IngestedEnvelope(
                raw, envelopeEventId == null ? raw.receipt().eventId() : envelopeEventId, new Outcome.Stored(), items);
    }

    private static boolean isConverted(Endpoint endpoint) {
        return switch (endpoint) {
            case ENVELOPE, STORE -> false;
            default -> true;
        };
    }

    /** The id of a further event of one body, the same at each replay, whatever digits the process would show to people. */
    private static EventId derived(EventId first, int index) {
        return new EventId(UUID.nameUUIDFromBytes((first + "/" + index).getBytes(UTF_8)));
    }

    /** The id the sender was answered, else one made from the envelope's, so that a replay gives the same. */
    private static EventId fallbackId(RawEnvelope raw) {
        EventId answered = raw.receipt().eventId();
        return answered == null ? new EventId(raw.receipt().id().value()) : answered;
    }

    private static IngestedItem kept(EnvelopeItem item, @Nullable EventId eventId) {
        return new IngestedItem(
                item.header(), item.payload().offset(), item.payload().length(), eventId, new Outcome.Stored(), List.of());
    }

    private static IngestedItem dropped(EnvelopeItem item, DropReason reason, String cause) {
        return new IngestedItem(
                item.header(),
                item.payload().offset(),
                item.payload().length(),
                null,
                new Outcome.Dropped(reason, cause),
                List.of());
    }

    private static IngestedEnvelope dropped(RawEnvelope raw, DropReason reason, String cause) {
        return IngestedEnvelope.dropped(raw, new Outcome.Dropped(reason, cause));
    }
}
