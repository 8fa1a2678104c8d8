package dev.resentry.query.ledger;

import dev.resentry.storage.ledger.OutcomeTotal;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * How much of a category of a project had an outcome in an hour.
 *
 * @param source processor, gateway or client
 * @param items only the processor counts items
 * @param quantity in the unit of the category
 */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(name = "OutcomeTotal")
record OutcomeTotalResponse(
        long projectId,
        Instant hour,
        String category,
        String outcome,
        @Nullable String reason,
        String source,
        long items,
        long quantity) {

    static OutcomeTotalResponse of(OutcomeTotal total) {
        return new OutcomeTotalResponse(
                total.projectId(),
                total.hour(),
                total.category(),
                total.outcome(),
                total.reason().isEmpty() ? null : total.reason(),
                total.source(),
                total.items(),
                total.quantity());
    }
}
