package dev.resentry.query.issue;

import dev.resentry.model.event.EventId;
import dev.resentry.storage.event.CappedDay;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A day of an issue of which more events arrived than the project keeps.
 *
 * @param day of arrival, in UTC
 * @param payloads how many events are kept whole, the first of the day
 * @param onlyCounted how many are only counted
 * @param firstEventId the first of those that are kept whole
 */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(name = "CappedDay")
record CappedDayResponse(
        LocalDate day,
        long payloads,
        long onlyCounted,
        @Nullable String firstEventId) {

    static CappedDayResponse of(CappedDay day) {
        return new CappedDayResponse(
                day.day(),
                day.payloads(),
                day.onlyCounted(),
                Optional.ofNullable(day.firstEventId()).map(EventId::toString).orElse(null));
    }
}
