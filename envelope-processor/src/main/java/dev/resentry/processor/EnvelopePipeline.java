package dev.resentry.processor;

import dev.resentry.model.encoding.BoundedDecoder;
import dev.resentry.model.encoding.ContentEncoding;
import dev.resentry.model.encoding.Decoded;
import dev.resentry.model.envelope.Envelope;
import dev.resentry.model.envelope.EnvelopeHeader;
import dev.resentry.model.envelope.EnvelopeItem;
import dev.resentry.model.envelope.EnvelopeItem.EventItem;
import dev.resentry.model.envelope.EnvelopeParse;
import dev.resentry.model.envelope.EnvelopeReader;
import dev.resentry.model.envelope.ItemHeader;
import dev.resentry.model.envelope.ItemType;
import dev.resentry.model.envelope.Payload;
import dev.resentry.model.envelope.RawEnvelope;
import dev.resentry.model.envelope.StoreBody;
import dev.resentry.model.event.EventId;
import dev.resentry.model.outcome.DropReason;
import dev.resentry.model.outcome.Outcome;
import dev.resentry.storage.ingest.IngestedEnvelope;
import dev.resentry.storage.ingest.IngestedItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is made of one envelope: decode, split, and for its events normalise and group. Pure, apart from the time it takes:
 * the same envelope always becomes the same. Never fails for what is inside an envelope; that becomes an outcome.
 */
public final class EnvelopePipeline {
    private final BoundedDecoder decoder;
    private final EnvelopeReader reader;
    private final EventStep events;
    private final int maxEvents;

    public EnvelopePipeline(BoundedDecoder decoder, EnvelopeReader reader, EventStep events, int maxEvents) {
        this.decoder = decoder;
        this.reader = reader;
        this.events = events;
        this.maxEvents = maxEvents;
    }

    public IngestedEnvelope understand(RawEnvelope raw) {
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
            case Decoded.Malformed(ContentEncoding bad, long offset, String cause) ->
                dropped(
                        raw,
                        DropReason.INVALID_ENCODING,
                        "not valid %s after %d decoded bytes: %s".formatted(bad.token(), offset, cause));
            case Decoded.Content(byte[] content) -> split(raw, content);
        };
    }

    private IngestedEnvelope split(RawEnvelope raw, byte[] content) {
        EnvelopeParse parse = switch (raw.receipt().endpoint()) {
            case ENVELOPE -> reader.read(content);
            case STORE -> storeBody(content);
            default ->
                new EnvelopeParse.Malformed(
                        0, "no reader for endpoint " + raw.receipt().endpoint());
        };
        return switch (parse) {
            case EnvelopeParse.Malformed malformed -> dropped(raw, DropReason.INVALID_ENVELOPE, malformed.toString());
            case EnvelopeParse.Parsed(Envelope envelope) -> items(raw, envelope);
        };
    }

    private EnvelopeParse storeBody(byte[] content) {
        Payload event = StoreBody.eventJson(content, decoder);
        return new EnvelopeParse.Parsed(new Envelope(
                EnvelopeHeader.of(null, null, null),
                List.of(EnvelopeItem.of(ItemHeader.of(ItemType.Known.EVENT), event))));
    }

    private IngestedEnvelope items(RawEnvelope raw, Envelope envelope) {
        EventId headerId = envelope.header().eventId();
        EventId fallbackId = fallbackId(raw);
        List<IngestedItem> items = new ArrayList<>();
        EventId firstEvent = null;
        int eventCount = 0;
        for (EnvelopeItem item : envelope.items()) {
            if (item instanceof EventItem event) {
                IngestedItem ingested = ++eventCount > maxEvents
                        ? tooManyEvents(item)
                        : events.ingest(
                                event, headerId, fallbackId, raw.receipt().receivedAt());
                firstEvent = firstEvent == null ? ingested.eventId() : firstEvent;
                items.add(ingested);
            } else {
                EventId belongsTo = item.header().type().needsEventId() ? headerId : null;
                items.add(kept(item, belongsTo));
            }
        }
        EventId envelopeEventId = headerId == null ? firstEvent : headerId;
        return new IngestedEnvelope(raw, envelopeEventId, new Outcome.Stored(), items);
    }

    /** The id the sender was answered, else one made from the envelope's, so that a replay gives the same. */
    private static EventId fallbackId(RawEnvelope raw) {
        EventId answered = raw.receipt().eventId();
        return answered == null ? new EventId(raw.receipt().id().value()) : answered;
    }

    private static IngestedItem kept(EnvelopeItem item, @Nullable EventId eventId) {
        return new IngestedItem(
                item.header(), item.payload().offset(), item.payload().length(), eventId, new Outcome.Stored(), null);
    }

    private IngestedItem tooManyEvents(EnvelopeItem item) {
        return new IngestedItem(
                item.header(),
                item.payload().offset(),
                item.payload().length(),
                null,
                new Outcome.Dropped(
                        DropReason.INVALID_ITEM, "more than %d events in one envelope".formatted(maxEvents)),
                null);
    }

    private static IngestedEnvelope dropped(RawEnvelope raw, DropReason reason, String cause) {
        return IngestedEnvelope.dropped(raw, new Outcome.Dropped(reason, cause));
    }
}
