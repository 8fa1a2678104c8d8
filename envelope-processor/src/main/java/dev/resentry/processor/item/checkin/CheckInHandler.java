package dev.resentry.processor.item.checkin;

import dev.resentry.model.envelope.EnvelopeItem;
import dev.resentry.model.envelope.ItemType;
import dev.resentry.model.outcome.DropReason;
import dev.resentry.processing.cron.CheckIn;
import dev.resentry.processing.cron.CheckInConfig;
import dev.resentry.processing.cron.CheckInReader;
import dev.resentry.processing.cron.CheckInReading;
import dev.resentry.processing.normalize.EventJson;
import dev.resentry.processor.item.ItemContext;
import dev.resentry.processor.item.ItemHandler;
import dev.resentry.processor.item.ItemResult;
import dev.resentry.storage.monitor.MonitorConfig;
import dev.resentry.storage.monitor.NewCheckIn;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Makes of check-ins what monitors are judged by. */
public final class CheckInHandler implements ItemHandler {
    /** Far above what a check-in has to say. */
    private static final int MAX_BYTES = 64 << 10;

    @Override
    public Set<ItemType> types() {
        return Set.of(ItemType.Known.CHECK_IN);
    }

    @Override
    public ItemResult handle(EnvelopeItem item, ItemContext context) {
        int length = item.payload().length();
        if (length > MAX_BYTES) {
            return new ItemResult.Dropped(
                    null, DropReason.TOO_LARGE, "check-in of %d bytes (limit: %d)".formatted(length, MAX_BYTES));
        }
        return switch (EventJson.read(item.payload())) {
            case EventJson.Read.Invalid(String cause) -> new ItemResult.Dropped(null, DropReason.INVALID_JSON, cause);
            case EventJson.Read.Json(ObjectNode json, boolean _) ->
                switch (CheckInReader.read(json)) {
                    case CheckInReading.Invalid(String cause) ->
                        new ItemResult.Dropped(null, DropReason.INVALID_ITEM, cause);
                    case CheckInReading.Read(CheckIn checkIn) -> new ItemResult.Stored(null, List.of(row(checkIn)));
                };
        };
    }

    private static NewCheckIn row(CheckIn checkIn) {
        return new NewCheckIn(
                checkIn.slug(),
                checkIn.environment(),
                checkIn.id(),
                checkIn.status(),
                checkIn.durationMs(),
                checkIn.release(),
                checkIn.traceId(),
                config(checkIn.config()),
                checkIn.problem());
    }

    private static @Nullable MonitorConfig config(@Nullable CheckInConfig config) {
        return config == null
                ? null
                : new MonitorConfig(
                        config.schedule(),
                        config.timeZone(),
                        config.marginMinutes(),
                        config.maxRuntimeMinutes(),
                        config.failureThreshold(),
                        config.recoveryThreshold(),
                        config.owner());
    }
}
