package dev.resentry.processor.item.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.conversion.NativeCrash;
import dev.resentry.model.envelope.EnvelopeItem;
import dev.resentry.model.envelope.ItemType;
import dev.resentry.model.event.EventAttributes;
import dev.resentry.model.event.EventId;
import dev.resentry.model.event.UserHash;
import dev.resentry.model.issue.GroupingHash;
import dev.resentry.model.outcome.DropReason;
import dev.resentry.model.outcome.InboundFilter;
import dev.resentry.model.project.ProjectId;
import dev.resentry.processing.group.FormerGrouping;
import dev.resentry.processing.group.Grouping;
import dev.resentry.processing.group.GroupingResult;
import dev.resentry.processing.normalize.EventJson;
import dev.resentry.processing.normalize.EventNormalizer;
import dev.resentry.processing.normalize.NormalizedEvent;
import dev.resentry.processing.symbolicate.Unsymbolicated;
import dev.resentry.processing.title.Title;
import dev.resentry.processor.item.ItemContext;
import dev.resentry.processor.item.ItemHandler;
import dev.resentry.processor.item.ItemResult;
import dev.resentry.processor.project.ProjectRules;
import dev.resentry.processor.symbolicate.Symbolication;
import dev.resentry.storage.artifact.MissingSourceMaps;
import dev.resentry.storage.event.NewEvent;
import dev.resentry.storage.ingest.ItemRow;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes events: read, normalise, filter, symbolicate, scrub, group, name. The events of one envelope share a budget of bytes. */
public final class EventHandler implements ItemHandler {
    private final int maxBytes;
    private final int maxEvents;
    private final Symbolication symbolication;

    /** Of projects without artifacts. */
    public EventHandler(int maxBytes, int maxEvents) {
        this(maxBytes, maxEvents, Symbolication.NONE);
    }

    /**
     * @param maxBytes how many bytes of JSON the events of one envelope may have together
     * @param maxEvents how many events an SDK may send in one envelope; what browsers and collectors report in one body is
     *     bounded on its own
     */
    public EventHandler(int maxBytes, int maxEvents, Symbolication symbolication) {
        this.maxBytes = maxBytes;
        this.maxEvents = maxEvents;
        this.symbolication = symbolication;
    }

    @Override
    public Set<ItemType> types() {
        return Set.of(ItemType.Known.EVENT);
    }

    @Override
    public ItemResult handle(EnvelopeItem item, ItemContext context) {
        EventId id = idOf(context);
        int length = item.payload().length();
        if (!context.converted() && context.index() >= maxEvents) {
            return new ItemResult.Dropped(
                    null, DropReason.INVALID_ITEM, "more than %d events in one envelope".formatted(maxEvents));
        }
        if (context.storedBytes() + length > maxBytes) {
            return new ItemResult.Dropped(
                    id,
                    DropReason.TOO_LARGE,
                    "event of %d bytes behind %d bytes of others (limit: %d)"
                            .formatted(length, context.storedBytes(), maxBytes));
        }
        return switch (EventJson.read(item.payload())) {
            case EventJson.Read.Invalid(String cause) -> new ItemResult.Dropped(id, DropReason.INVALID_JSON, cause);
            case EventJson.Read.Json json ->
                result(
                        EventNormalizer.normalize(
                                described(json, context),
                                context.normalization().withHeaderId(id)),
                        context);
        };
    }

    /** The event with what the dump of its crash says; of that nobody knows yet whether it can be stored. */
    private static EventJson.Read.Json described(EventJson.Read.Json read, ItemContext context) {
        if (context.crashDump() == null || context.index() > 0) {
            return read;
        }
        NativeCrash.describe(read.event(), context.crashDump());
        return new EventJson.Read.Json(read.event(), false);
    }

    /** The id of a further event of one body, the same at each replay, whatever digits the process would show to people. */
    private static @Nullable EventId idOf(ItemContext context) {
        if (!context.converted() || context.index() == 0) {
            return context.headerId();
        }
        String name = context.fallbackId() + "/" + context.index();
        return new EventId(UUID.nameUUIDFromBytes(name.getBytes(UTF_8)));
    }

    private static String releaseOf(NormalizedEvent event) {
        return event.release() == null ? "" : event.release();
    }

    /**
     * Users are told apart by what they are, and the strategy before knew neither of scrubbing nor of source maps; all else is read from
     * what is stored.
     */
    private ItemResult result(NormalizedEvent event, ItemContext context) {
        ProjectId project = context.receipt().projectId();
        Instant receivedAt = context.receipt().receivedAt();
        ProjectRules rules = context.rules();
        Optional<InboundFilter> filter = rules.filters().ofEvent(event.view(), context.sender());
        if (filter.isPresent()) {
            return new ItemResult.Filtered(event.id(), filter.get());
        }
        @Nullable UserHash user = UserHash.of(project, event.view().user()).orElse(null);
        @Nullable GroupingHash former = receivedAt.isBefore(rules.formerUntil()) ? FormerGrouping.hash(event) : null;
        symbolication.apply(event, project);
        rules.scrubber().scrub(event.json());
        GroupingResult grouping = Grouping.of(event, rules.grouping());
        var row = new NewEvent(
                event.id(),
                event.occurredAt(),
                event.level().wireName(),
                event.platform(),
                Title.of(event.view(), grouping),
                Title.culprit(event.view()),
                Title.message(event.view()),
                event.release(),
                event.environment(),
                EventAttributes.of(event.view(), user),
                grouping.primary(),
                Stream.of(grouping.secondary(), former).filter(Objects::nonNull).toList(),
                event.tags(),
                EventJson.write(event.json()));
        return new ItemResult.Stored(
                event.id(),
                Unsymbolicated.wanted(event)
                        .<List<ItemRow>>map(
                                ids -> List.of(row, new MissingSourceMaps(event.id(), releaseOf(event), ids)))
                        .orElse(List.of(row)));
    }
}
