package dev.resentry.query.project;

import dev.resentry.model.outcome.DataCategory;
import dev.resentry.model.project.Quota;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A limit as people set it.
 *
 * @param categories what is counted, all together; none means everything
 * @param limit what goes through in each window, in the unit of the categories; 0 refuses all
 * @param reasonCode what SDKs and outcomes are told; a name of ours if it is absent
 */
@JsonNaming(SnakeCaseStrategy.class)
record Limit(
        @Nullable @Size(max = 20) List<@CategoryName String> categories,
        @NotNull @Min(0) @Max(1_000_000_000_000_000L) Long limit,
        @NotNull @Min(1) @Max(86_400) Long windowSeconds,

        @Nullable @Pattern(regexp = REASON, message = REASON_RULE)
        String reasonCode) {
    static final int MAX = 20;

    /** The reason of a spike's limit tells it from those of people. */
    private static final String REASON = "(?!" + Quota.SPIKE_PROTECTION + "$)[A-Za-z0-9_.-]{1,64}";

    private static final String REASON_RULE =
            "expected: 1 to 64 letters, digits, _, . or -, and not " + Quota.SPIKE_PROTECTION;

    static List<Quota> quotas(List<Limit> limits, String defaultReason) {
        return limits.stream()
                .map(limit -> new Quota(
                        limit.categories == null
                                ? Set.of()
                                : limit.categories.stream()
                                        .map(DataCategory::parse)
                                        .flatMap(Optional::stream)
                                        .collect(Collectors.toSet()),
                        limit.limit,
                        Duration.ofSeconds(limit.windowSeconds),
                        limit.reasonCode == null ? defaultReason : limit.reasonCode))
                .toList();
    }
}
