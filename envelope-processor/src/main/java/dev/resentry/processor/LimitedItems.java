package dev.resentry.processor;

import dev.resentry.model.envelope.EnvelopeItem;
import dev.resentry.model.envelope.EnvelopeItem.AttachmentItem;
import dev.resentry.model.outcome.DataCategory;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The items of an envelope that were over a limit when it arrived. An event takes its attachments along, but not the files of a
 * native crash, which are all there is of it (ingest protocol, section 5.4).
 */
record LimitedItems(Set<DataCategory> categories, boolean event) {
    private static final Set<String> NATIVE = Set.of("event.minidump", "event.applecrashreport");

    static LimitedItems of(Set<DataCategory> categories, List<EnvelopeItem> items) {
        boolean event = !categories.isEmpty()
                && items.stream()
                        .map(item -> item.header().type().category())
                        .anyMatch(category -> isEvent(category) && categories.contains(category));
        return new LimitedItems(categories, event);
    }

    boolean contains(EnvelopeItem item) {
        if (categories.isEmpty()) {
            return false;
        }
        DataCategory category = item.header().type().category();
        return switch (category) {
            case ATTACHMENT ->
                categories.contains(category)
                        || categories.contains(DataCategory.ATTACHMENT_ITEM)
                        || (event && item instanceof AttachmentItem && !isNative(item));
            case LOG_ITEM -> categories.contains(category) || categories.contains(DataCategory.LOG_BYTE);
            default -> categories.contains(category);
        };
    }

    private static boolean isNative(EnvelopeItem item) {
        JsonNode type = item.header().json().get("attachment_type");
        return type != null && type.isString() && NATIVE.contains(type.asString());
    }

    private static boolean isEvent(DataCategory category) {
        return switch (category) {
            case ERROR, TRANSACTION, SECURITY -> true;
            default -> false;
        };
    }
}
