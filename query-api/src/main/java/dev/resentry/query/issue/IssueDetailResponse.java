package dev.resentry.query.issue;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * An issue on its own.
 *
 * @param metadata what the title was made of: {@code type} and {@code value}, as far as there are any
 * @param environments in which it happened
 * @param firstEventId of the event that arrived first, of those that are still there
 * @param cappedDays the newest days of which some events are only counted, because more arrived than the project keeps
 * @param statusChangedAt when somebody changed the status last
 */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(name = "IssueDetail")
record IssueDetailResponse(
        @JsonUnwrapped IssueResponse issue,
        Map<String, String> metadata,
        List<String> environments,
        @Nullable String firstEventId,
        @Nullable String lastEventId,
        List<CappedDayResponse> cappedDays,
        @Nullable Instant statusChangedAt,
        @Nullable ActorResponse statusChangedBy) {}
