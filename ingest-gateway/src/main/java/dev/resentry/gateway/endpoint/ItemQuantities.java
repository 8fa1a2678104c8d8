package dev.resentry.gateway.endpoint;

import dev.resentry.model.envelope.BodyHead.SeenItem;
import dev.resentry.model.envelope.Endpoint;
import dev.resentry.model.envelope.ItemType;
import dev.resentry.model.outcome.DataCategory;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What items count as, and which of them a limit takes along (ingest protocol, sections 5.3 and 5.4). */
final class ItemQuantities {
    private ItemQuantities() {}

    /** Client reports and unknown items count as nothing. */
    static Map<DataCategory, Long> of(List<SeenItem> items) {
        Map<DataCategory, Long> quantities = new EnumMap<>(DataCategory.class);
        for (SeenItem item : items) {
            DataCategory category = item.type().category();
            switch (category) {
                case UNKNOWN, DEFAULT -> {}
                case ATTACHMENT -> {
                    quantities.merge(category, Math.max(item.length(), 1), Long::sum);
                    quantities.merge(DataCategory.ATTACHMENT_ITEM, 1L, Long::sum);
                }
                case LOG_ITEM -> {
                    quantities.merge(category, Math.max(item.itemCount(), 1), Long::sum);
                    quantities.merge(DataCategory.LOG_BYTE, Math.max(item.length(), 1), Long::sum);
                }
                default -> quantities.merge(category, Math.max(item.itemCount(), 1), Long::sum);
            }
        }
        return quantities;
    }

    /** What a request counts as whose items nobody has seen. */
    static DataCategory categoryOf(Endpoint endpoint) {
        return switch (endpoint) {
            case ENVELOPE, NEL -> DataCategory.DEFAULT;
            case STORE, MINIDUMP, UNREAL, ERROR_REPORT, EVENT_REPORT -> DataCategory.ERROR;
            case SECURITY -> DataCategory.SECURITY;
            case ATTACHMENTS -> DataCategory.ATTACHMENT_ITEM;
            case CRON -> DataCategory.MONITOR;
            case OTLP_TRACES -> DataCategory.SPAN;
            case OTLP_LOGS -> DataCategory.LOG_ITEM;
            case SESSION_REPORT -> DataCategory.SESSION;
        };
    }

    /** Whether nothing is left of an envelope if what is limited is taken out; an event takes its attachments along. */
    static boolean areAllLimited(List<SeenItem> items, Set<DataCategory> limited) {
        boolean eventLimited = items.stream()
                .map(item -> item.type().category())
                .anyMatch(category -> isEvent(category) && limited.contains(category));
        return items.stream().allMatch(item -> isLimited(item.type(), limited, eventLimited));
    }

    private static boolean isLimited(ItemType type, Set<DataCategory> limited, boolean eventLimited) {
        return switch (type.category()) {
            case ATTACHMENT ->
                eventLimited
                        || limited.contains(DataCategory.ATTACHMENT)
                        || limited.contains(DataCategory.ATTACHMENT_ITEM);
            case LOG_ITEM -> limited.contains(DataCategory.LOG_ITEM) || limited.contains(DataCategory.LOG_BYTE);
            default -> limited.contains(type.category());
        };
    }

    private static boolean isEvent(DataCategory category) {
        return switch (category) {
            case ERROR, TRANSACTION, SECURITY -> true;
            default -> false;
        };
    }
}
