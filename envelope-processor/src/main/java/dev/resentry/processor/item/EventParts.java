package dev.resentry.processor.item;

import dev.resentry.model.envelope.ItemType;
import dev.resentry.model.envelope.ItemType.Known;
import dev.resentry.model.outcome.Outcome;
import dev.resentry.storage.event.IdentifiedRow;
import dev.resentry.storage.feedback.NewFeedback;
import dev.resentry.storage.ingest.IngestedItem;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Items that are parts of an event and mean nothing without it. */
final class EventParts {
    private static final Set<ItemType> TYPES = Set.copyOf(
            EnumSet.of(Known.ATTACHMENT, Known.UNREAL_REPORT, Known.FORM_DATA, Known.USER_REPORT, Known.PROFILE));

    private EventParts() {}

    /**
     * The items of an envelope, with its parts of events filtered if its event or transaction is (ingest protocol, section 3.1). Of
     * several events one that is stored is enough for them to stay.
     */
    static List<IngestedItem> withTheirEvents(List<IngestedItem> items) {
        // Most envelopes have one item, which is part of nothing.
        if (items.size() < 2) {
            return items;
        }
        Optional<Outcome.Filtered> filtered = items.stream()
                .map(IngestedItem::outcome)
                .filter(Outcome.Filtered.class::isInstance)
                .map(Outcome.Filtered.class::cast)
                .findFirst();
        boolean isEventStored = items.stream().anyMatch(EventParts::isEvent);
        if (filtered.isEmpty() || isEventStored) {
            return items;
        }
        return items.stream()
                .map(item -> isKeptPart(item) ? item.filtered(filtered.get()) : item)
                .toList();
    }

    /** Feedback has an identity of its own too, and is about an event without being one. */
    private static boolean isEvent(IngestedItem item) {
        return item.rows(IdentifiedRow.class).stream().anyMatch(row -> !(row instanceof NewFeedback));
    }

    private static boolean isKeptPart(IngestedItem item) {
        return TYPES.contains(item.header().type()) && item.outcome() instanceof Outcome.Stored;
    }
}
