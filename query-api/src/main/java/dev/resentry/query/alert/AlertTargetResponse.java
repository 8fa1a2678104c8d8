package dev.resentry.query.alert;

import dev.resentry.model.alert.TargetType;
import dev.resentry.query.schema.WordOf;
import dev.resentry.storage.alert.StoredAlertTarget;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * Whom a rule tells.
 *
 * @param value an address, a URL, or the id of a user or team; empty for the assignee
 * @param subject template of the subject line; null for the usual one
 * @param body template of the text; null for the usual one
 * @param hasSecret whether what is posted is signed; the secret is not shown
 */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(name = "AlertTarget")
record AlertTargetResponse(
        long id,
        @WordOf(TargetType.class) String type,
        String value,
        @Nullable String subject,
        @Nullable String body,
        boolean hasSecret) {

    static AlertTargetResponse of(StoredAlertTarget stored) {
        return new AlertTargetResponse(
                stored.id(),
                stored.target().type().wireName(),
                stored.target().value(),
                stored.target().subject(),
                stored.target().body(),
                stored.target().secret() != null);
    }
}
