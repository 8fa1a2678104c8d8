package dev.resentry.processor.item;

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
import dev.resentry.model.envelope.EnvelopeItem.AttachmentItem;
import dev.resentry.model.envelope.EnvelopeItem.EventItem;
import dev.resentry.model.envelope.EnvelopeItem.TransactionItem;
import dev.resentry.model.envelope.EnvelopeReader;
import dev.resentry.model.envelope.ItemHeader;
import dev.resentry.model.envelope.ItemType;
import dev.resentry.model.envelope.LimitedItems;
import dev.resentry.model.envelope.Payload;
import dev.resentry.model.envelope.RawEnvelope;
import dev.resentry.model.event.EventId;
import dev.resentry.model.outcome.DropReason;
import dev.resentry.model.outcome.FailureStage;
import dev.resentry.model.outcome.InboundFilter;
import dev.resentry.model.outcome.Outcome;
import dev.resentry.processor.item.ItemResult.Dropped;
import dev.resentry.processor.item.ItemResult.Failed;
import dev.resentry.processor.item.ItemResult.Filtered;
import dev.resentry.processor.item.ItemResult.Kept;
import dev.resentry.processor.item.ItemResult.Stored;
import dev.resentry.processor.project.ProjectRules;
import dev.resentry.service.report.OwnReports;
import dev.resentry.storage.database.DataRefusal;
import dev.resentry.storage.ingest.Fault;
import dev.resentry.storage.ingest.IngestedEnvelope;
import dev.resentry.storage.ingest.IngestedItem;
import dev.resentry.storage.ingest.ItemRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * What is made of one envelope: decode, split, and hand each item to the handler of its type. Apart from the time it takes, what is made of
 * an envelope depends on it, on the rules of its project and on the project's artifacts. Never fails for what is inside an envelope; that
 * becomes an outcome. A fault of our own code does, too: of the one item, if it is met there. Only while the database is away, which is
 * no fault of an envelope, a {@link DataAccessException} is thrown, and the envelope has to come again.
 */
public final class EnvelopePipeline {
    private static final Logger LOG = LoggerFactory.getLogger(EnvelopePipeline.class);

    private static final String MINIDUMP = "event.minidump";
    private static final EnvelopeItem NO_EVENT =
            EnvelopeItem.of(ItemHeader.of(ItemType.Known.EVENT), Payload.of("{}".getBytes(UTF_8)));

    private final BoundedDecoder decoder;
    private final EnvelopeConversion conversion;
    private final Map<ItemType, ItemHandler> handlers = new HashMap<>();
    private final ItemHandler others = new KeptItemHandler();
    private final ProjectRules.Source rules;

    /** For projects without rules of their own. */
    public EnvelopePipeline(BoundedDecoder decoder, EnvelopeReader reader, List<ItemHandler> handlers) {
        this(decoder, reader, handlers, _ -> ProjectRules.DEFAULT);
    }

    /** @throws IllegalArgumentException if two handlers are there for one type */
    public EnvelopePipeline(
            BoundedDecoder decoder, EnvelopeReader reader, List<ItemHandler> handlers, ProjectRules.Source rules) {
        this.decoder = decoder;
        this.rules = rules;
        this.conversion = new EnvelopeConversion(reader, decoder);
        for (ItemHandler handler : handlers) {
            for (ItemType type : handler.types()) {
                if (this.handlers.putIfAbsent(type, handler) != null) {
                    throw new IllegalArgumentException("two handlers for item type " + type.wireName());
                }
            }
        }
    }

    /** Whatever the size of an envelope. */
    public IngestedEnvelope process(RawEnvelope raw) {
        return process(raw, decoder).orElseThrow();
    }

    /** The same for an envelope whose body is not larger than so many bytes, before and after its encodings are undone; else nothing. */
    public Optional<IngestedEnvelope> processWithin(RawEnvelope raw, int maxBytes) {
        return raw.body().length > maxBytes ? Optional.empty() : process(raw, decoder.within(maxBytes));
    }

    private Optional<IngestedEnvelope> process(RawEnvelope raw, BoundedDecoder within) {
        return OwnReports.process(raw.receipt().publicKey(), () -> read(raw, within));
    }

    private Optional<IngestedEnvelope> read(RawEnvelope raw, BoundedDecoder within) {
        FailureStage stage = FailureStage.DECODE;
        try {
            Decoding decoding = decode(raw, within);
            stage = FailureStage.SPLIT;
            return switch (decoding) {
                case Larger _ -> Optional.empty();
                case Undecoded(DropReason reason, String cause) -> Optional.of(dropped(raw, reason, cause));
                case Body(byte[] content) -> Optional.of(split(raw, content));
            };
        } catch (RuntimeException | StackOverflowError e) {
            throwIfDatabaseIsAway(e);
            LOG.atError()
                    .addKeyValue("envelopeId", raw.receipt().id())
                    .setCause(e)
                    .log("An envelope could not be processed");
            return Optional.of(IngestedEnvelope.dropped(
                    raw, new Outcome.Dropped(DropReason.INTERNAL, String.valueOf(e)), Fault.of(stage, e)));
        }
    }

    /** What undoing the encoding of a body came to. */
    private sealed interface Decoding {}

    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    private record Body(byte[] content) implements Decoding {}

    private record Undecoded(DropReason reason, String cause) implements Decoding {}

    /** It may be decodable, but not within a limit that is lower than that of the pipeline. */
    private record Larger() implements Decoding {}

    private Decoding decode(RawEnvelope raw, BoundedDecoder within) {
        boolean isBounded = within != decoder;
        Optional<ContentEncoding> encoding = ContentEncoding.parse(raw.receipt().contentEncoding());
        if (encoding.isEmpty()) {
            return new Undecoded(
                    DropReason.INVALID_ENCODING,
                    "unknown encoding: " + raw.receipt().contentEncoding());
        }
        return switch (within.decode(encoding.get(), raw.body())) {
            case Decoded.TooLarge _ when isBounded -> new Larger();
            case Decoded.TooLarge(long limit) ->
                new Undecoded(DropReason.TOO_LARGE, "the decoded body has more than %d bytes".formatted(limit));
            case Decoded.Malformed(String format, long offset, String cause) ->
                new Undecoded(
                        DropReason.INVALID_ENCODING,
                        "not valid %s after %d decoded bytes: %s".formatted(format, offset, cause));
            case Decoded.Content(byte[] content)
            when isBounded && EnvelopeConversion.unpacks(raw.receipt().endpoint(), content) -> new Larger();
            case Decoded.Content(byte[] content) -> new Body(content);
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
        EnvelopeItem crashDump = crashDump(envelope);
        boolean isDumpAlone =
                crashDump != null && envelope.items().stream().noneMatch(EnvelopePipeline::isEventOrTransaction);
        if (isDumpAlone && headerId == null) {
            headerId = fallbackId;
        }
        ProjectRules projectRules = rules.of(raw.receipt().projectId());
        LimitedItems limited = LimitedItems.of(
                raw.receipt().limited(),
                envelope.items().stream().map(item -> item.header().type()).toList());
        List<IngestedItem> items = new ArrayList<>();
        Map<ItemType, Preceding> preceding = new HashMap<>();
        EventId firstEvent = null;
        for (EnvelopeItem item : envelope.items()) {
            ItemType type = item.header().type();
            if (limited.contains(type, item.header().isNativeCrash())) {
                items.add(ingested(item, new Dropped(null, DropReason.RATE_LIMITED, "over the limit when it arrived")));
                continue;
            }
            // What was converted into an event keeps the type that it counts as, such as a browser's report.
            ItemType handledAs = item instanceof EventItem ? ItemType.Known.EVENT : type;
            Preceding before = preceding.getOrDefault(handledAs, Preceding.NONE);
            var context = new ItemContext(
                    raw.receipt(),
                    projectRules,
                    headerId,
                    envelope.header().sentAt(),
                    crashDump == null ? null : crashDump.payload(),
                    fallbackId,
                    converted,
                    before.count(),
                    before.storedBytes());
            ItemResult result = handle(handledAs, item, context);
            if (isDumpAlone && item.equals(crashDump)) {
                result = withItsEvent(result, context);
            }
            preceding.put(handledAs, before.and(item, result));
            // An attachment or a kept item may belong to an event; only of the others is it known that there is one.
            if (firstEvent == null && !(result instanceof Kept) && !(item instanceof AttachmentItem)) {
                firstEvent = result.eventId();
            }
            items.add(ingested(item, result));
        }
        EventId envelopeEventId = headerId == null || converted ? firstEvent : headerId;
        return new IngestedEnvelope(
                raw,
                envelopeEventId == null ? raw.receipt().eventId() : envelopeEventId,
                new Outcome.Stored(),
                EventParts.withTheirEvents(items),
                null);
    }

    /** The minidump among the attachments of an SDK's envelope. */
    private static @Nullable EnvelopeItem crashDump(Envelope envelope) {
        return envelope.items().stream()
                .filter(item -> MINIDUMP.equals(item.header().attachmentType()))
                .findFirst()
                .orElse(null);
    }

    private static boolean isEventOrTransaction(EnvelopeItem item) {
        return item instanceof EventItem || item instanceof TransactionItem;
    }

    /** A dump that came without an event is all there is of a crash, so it makes the event as well. */
    private ItemResult withItsEvent(ItemResult dump, ItemContext context) {
        ItemResult event = handle(ItemType.Known.EVENT, NO_EVENT, context.ofFirst());
        if (event instanceof Filtered) {
            return event;
        }
        if (!(dump instanceof Stored stored) || !(event instanceof Stored crash)) {
            return dump;
        }
        List<ItemRow> rows = new ArrayList<>(stored.rows());
        rows.addAll(crash.rows());
        return new Stored(crash.eventId(), rows);
    }

    /** A fault of our own code in one item leaves the others of its envelope alone. */
    private ItemResult handle(ItemType type, EnvelopeItem item, ItemContext context) {
        try {
            return handlers.getOrDefault(type, others).handle(item, context);
        } catch (RuntimeException | StackOverflowError e) {
            throwIfDatabaseIsAway(e);
            LOG.atError()
                    .addKeyValue("envelopeId", context.receipt().id())
                    .addKeyValue("itemType", item.header().type().wireName())
                    .setCause(e)
                    .log("An item could not be processed");
            return new Failed(e);
        }
    }

    /** What the database refuses for what it is asked would be refused again. */
    private static void throwIfDatabaseIsAway(Throwable e) {
        if (e instanceof DataAccessException fault && !DataRefusal.isBehind(fault)) {
            throw fault;
        }
    }

    /** The items of one type that a handler was given so far. */
    private record Preceding(int count, long storedBytes) {
        private static final Preceding NONE = new Preceding(0, 0);

        Preceding and(EnvelopeItem item, ItemResult result) {
            return new Preceding(
                    count + 1,
                    storedBytes + (result instanceof Stored ? item.payload().length() : 0));
        }
    }

    private static boolean isConverted(Endpoint endpoint) {
        return switch (endpoint) {
            case ENVELOPE, STORE, IMPORT -> false;
            default -> true;
        };
    }

    /** The id the sender was answered, else one made from the envelope's, so that a replay gives the same. */
    private static EventId fallbackId(RawEnvelope raw) {
        EventId answered = raw.receipt().eventId();
        return answered == null ? new EventId(raw.receipt().id().value()) : answered;
    }

    private static IngestedItem ingested(EnvelopeItem item, ItemResult result) {
        Outcome outcome = switch (result) {
            case Stored _, Kept _ -> new Outcome.Stored();
            case Dropped(EventId _, DropReason reason, String cause) -> new Outcome.Dropped(reason, cause);
            case Filtered(EventId _, InboundFilter filter) -> new Outcome.Filtered(filter);
            case Failed(Throwable failure) -> new Outcome.Dropped(DropReason.INTERNAL, String.valueOf(failure));
        };
        return new IngestedItem(
                item.header(),
                item.payload().offset(),
                item.payload().length(),
                result.eventId(),
                outcome,
                result instanceof Stored stored ? stored.rows() : List.of(),
                result instanceof Failed(Throwable failure) ? Fault.of(FailureStage.ITEM, failure) : null);
    }

    private static IngestedEnvelope dropped(RawEnvelope raw, DropReason reason, String cause) {
        return IngestedEnvelope.dropped(raw, new Outcome.Dropped(reason, cause));
    }
}
