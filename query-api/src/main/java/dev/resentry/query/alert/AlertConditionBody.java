package dev.resentry.query.alert;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * What has to happen for a rule to fire. Each type has fields of its own; those of others are passed over.
 *
 * @param measure of frequency and increase: what of an issue is counted; events if it is absent
 * @param threshold of frequency: how many
 * @param reaches of frequency: whether the threshold itself is enough, or has to be exceeded
 * @param windowMinutes of frequency, increase and crash_free_below: in how long
 * @param percent of increase: by how many percent there are more; of crash_free_below: under which the rate falls
 * @param beforeMinutes of increase: how long before the window that it is compared with
 * @param rate of crash_free_below: sessions if it is absent
 * @param minimum of crash_free_below: how many sessions or users there have to be; 50 if it is absent
 * @param of of spike: project if it is absent
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "AlertCondition")
record AlertConditionBody(
        @NotNull
        @Pattern(regexp = "new_issue|regression|unignored|every_event|frequency|increase|crash_free_below|spike")
        String type,

        @Nullable @Pattern(regexp = "events|users") String measure,
        @Nullable Long threshold,
        @Nullable Boolean reaches,
        @Nullable Long windowMinutes,
        @Nullable Double percent,
        @Nullable Long beforeMinutes,
        @Nullable @Pattern(regexp = "sessions|users") String rate,
        @Nullable Long minimum,
        @Nullable @Pattern(regexp = "issue|project") String of) {}
