package dev.resentry.model.envelope;

import dev.resentry.model.outcome.DataCategory;
import java.util.Collection;
import java.util.Set;

/**
 * Which items of an envelope are not to be stored because of what was over a limit as it arrived: one rule for the gateway, which
 * refuses an envelope of which nothing is left, and for whoever sorts out what is left of the others. An event takes its
 * attachments along. The files of a native crash are never limited, as they are all there is of it (ingest protocol, section 5.4).
 *
 * @param categories what was over its limit
 * @param event whether an event of the envelope is among it
 */
public record LimitedItems(Set<DataCategory> categories, boolean event) {

    public LimitedItems {
        categories = Set.copyOf(categories);
    }

    /**
     * The rule for an envelope.
     *
     * @param types of all its items
     */
    public static LimitedItems of(Set<DataCategory> categories, Collection<ItemType> types) {
        return new LimitedItems(
                categories,
                !categories.isEmpty()
                        && types.stream()
                                .map(ItemType::category)
                                .anyMatch(category -> isEvent(category) && categories.contains(category)));
    }

    /** Whether items of a category are events, which are what attachments belong to. */
    public static boolean isEvent(DataCategory category) {
        return switch (category) {
            case ERROR, TRANSACTION, SECURITY -> true;
            default -> false;
        };
    }

    public boolean contains(ItemType type, boolean nativeCrash) {
        if (nativeCrash || categories.isEmpty()) {
            return false;
        }
        DataCategory category = type.category();
        return switch (category) {
            case ATTACHMENT ->
                event || categories.contains(category) || categories.contains(DataCategory.ATTACHMENT_ITEM);
            case LOG_ITEM -> categories.contains(category) || categories.contains(DataCategory.LOG_BYTE);
            default -> categories.contains(category);
        };
    }
}
