package dev.resentry.query.alert;

import dev.resentry.model.alert.AlertTarget;
import dev.resentry.model.alert.TargetType;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.schema.WordOf;
import dev.resentry.storage.alert.StoredAlertTarget;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whom a rule tells.
 *
 * @param id of one that the rule has already; absent for a new one
 * @param value an address, a URL, or the id of a user or team; absent for the assignee
 * @param subject template of the subject line; absent for the usual one
 * @param body template of the text; absent for the usual one
 * @param secret by which what is posted is signed; absent to keep what is known, empty for none
 */
@Schema(name = "AlertTargetChange")
record AlertTargetBody(
        @Nullable Long id,
        @NotNull @WordOf(TargetType.class) String type,
        @Nullable @Size(max = AlertTarget.MAX_VALUE) String value,
        @Nullable @Size(max = AlertTarget.MAX_SUBJECT) String subject,
        @Nullable @Size(max = AlertTarget.MAX_BODY) String body,
        @Nullable @Size(max = AlertTargets.MAX_SECRET) String secret) {

    /** Without the secret, which belongs into no log. */
    @Override
    public String toString() {
        return "AlertTargetBody[%s %s]".formatted(type, value);
    }

    /**
     * The target that is meant.
     *
     * @param known those that the rule has
     * @param place the name of this one in the request, such as {@code targets[0]}
     */
    StoredAlertTarget target(List<StoredAlertTarget> known, String place) {
        StoredAlertTarget before = id == null
                ? null
                : known.stream()
                        .filter(one -> one.id() == id)
                        .findFirst()
                        .orElseThrow(() -> ApiException.invalid(
                                place + ".id", "%d (expected: the id of a target of the rule)".formatted(id)));
        return new StoredAlertTarget(
                before == null ? 0 : before.id(),
                new AlertTarget(
                        AlertTargets.type(place + ".type", type),
                        Objects.requireNonNullElse(value, "").strip(),
                        AlertTargets.given(subject),
                        AlertTargets.given(body),
                        secret == null
                                ? (before == null ? null : before.target().secret())
                                : AlertTargets.given(secret)));
    }
}
