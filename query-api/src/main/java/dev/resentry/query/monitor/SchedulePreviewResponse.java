package dev.resentry.query.monitor;

import dev.resentry.model.cron.CronSchedule;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a schedule means.
 *
 * @param words for people, such as {@code every 10 minutes}
 * @param next the next five runs, with the offset of the time zone at each
 */
@Schema(name = "SchedulePreview")
record SchedulePreviewResponse(String words, List<String> next) {
    private static final int SHOWN = 5;

    static SchedulePreviewResponse of(CronSchedule schedule, ZoneId zone, Instant now) {
        return new SchedulePreviewResponse(
                schedule.words(),
                Stream.iterate(schedule.next(now, zone), last -> schedule.next(last, zone))
                        .limit(SHOWN)
                        .map(at -> DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(ZonedDateTime.ofInstant(at, zone)))
                        .toList());
    }
}
