package dev.resentry.gateway.endpoint;

import dev.resentry.model.envelope.Endpoint;
import dev.resentry.model.envelope.EnvelopePreview.ItemSummary;
import dev.resentry.model.outcome.DataCategory;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/** What items count as (ingest protocol, section 5.3). */
final class ItemQuantities {
    private ItemQuantities() {}

    /** Client reports, unknown items and the files of native crashes, which no limit stops, count as nothing. */
    static Map<DataCategory, Long> of(Collection<ItemSummary> items) {
        Map<DataCategory, Long> quantities = new EnumMap<>(DataCategory.class);
        for (ItemSummary item : items) {
            if (item.nativeCrash()) {
                continue;
            }
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
            case ENVELOPE, NEL, IMPORT -> DataCategory.DEFAULT;
            case STORE, MINIDUMP, UNREAL, ERROR_REPORT, EVENT_REPORT -> DataCategory.ERROR;
            case SECURITY -> DataCategory.SECURITY;
            case ATTACHMENTS -> DataCategory.ATTACHMENT_ITEM;
            case CRON -> DataCategory.MONITOR;
            case ERROR_PAGE -> DataCategory.FEEDBACK;
            case OTLP_TRACES -> DataCategory.SPAN;
            case OTLP_LOGS -> DataCategory.LOG_ITEM;
            case SESSION_REPORT -> DataCategory.SESSION;
        };
    }
}
