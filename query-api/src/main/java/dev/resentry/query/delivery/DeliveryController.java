package dev.resentry.query.delivery;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.AuditLog;
import dev.resentry.query.access.ProjectAccess;
import dev.resentry.query.access.Scope;
import dev.resentry.query.delivery.DeliveryResponse.Resent;
import dev.resentry.query.delivery.DeliveryResponse.WithRequest;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.page.Cursor;
import dev.resentry.query.page.PageResponse;
import dev.resentry.query.schema.WordOf;
import dev.resentry.storage.delivery.DeliveryDesk;
import dev.resentry.storage.delivery.DeliveryFilter;
import dev.resentry.storage.delivery.DeliveryKind;
import dev.resentry.storage.delivery.DeliveryQueries;
import dev.resentry.storage.delivery.DeliveryState;
import dev.resentry.storage.delivery.StoredDelivery;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Notifications on their way, the newest first, and sending again what was given up. */
@NativeApi
@Tag(name = "Deliveries")
class DeliveryController {
    private static final int TARGET_ID_DIGITS = 64;

    private final DeliveryQueries deliveries;
    private final DeliveryDesk desk;
    private final ProjectAccess access;
    private final AuditLog audit;

    DeliveryController(DeliveryQueries deliveries, DeliveryDesk desk, ProjectAccess access, AuditLog audit) {
        this.deliveries = deliveries;
        this.desk = desk;
        this.access = access;
        this.audit = audit;
    }

    /** Deliveries of the projects that one sees; owners and admins see the mail of the installation too. */
    @GetMapping("/api/v1/deliveries")
    @Allowed(Scope.ALERTS_READ)
    PageResponse<DeliveryResponse> list(
            @RequestParam @Nullable Long project,
            @RequestParam @Nullable @WordOf(DeliveryState.class) String state,
            @RequestParam @Nullable Long rule,
            @RequestParam @Nullable Long issue,
            @RequestParam @Nullable Long webhook,
            @RequestParam @Nullable String cursor,
            @RequestParam @Nullable Integer limit,
            Actor actor) {
        var filter = new DeliveryFilter(!actor.role().seesAllProjects(), project, state(state), rule, issue, webhook);
        return PageResponse.of(
                deliveries.list(filter, access.of(actor), Cursor.beforeId(cursor), Cursor.limit(limit)),
                DeliveryResponse::of,
                last -> Cursor.write(last.createdAt(), last.id()));
    }

    @GetMapping("/api/v1/deliveries/{id}")
    @Allowed(Scope.ALERTS_READ)
    WithRequest get(@PathVariable long id, Actor actor) {
        return WithRequest.of(existing(id, actor));
    }

    /** Sends one again that was given up, as if it were new. */
    @PostMapping("/api/v1/deliveries/{id}/resend")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Allowed(Scope.ALERTS_WRITE)
    DeliveryResponse resend(@PathVariable long id, Actor actor) {
        return audit.inTransaction(() -> {
            StoredDelivery before = existing(id, actor);
            if (!desk.resend(id)) {
                throw ApiException.conflict("state", why(before));
            }
            DeliveryResponse after = DeliveryResponse.of(existing(id, actor));
            audit.record(
                    actor,
                    "delivery.resent",
                    new AuditLog.Target("delivery", id, before.subject()),
                    DeliveryResponse.of(before),
                    after);
            return after;
        });
    }

    /** Sends again, the oldest first, what was given up for a target. */
    @PostMapping("/api/v1/deliveries/resend-dead")
    @Operation(operationId = "resendDeadDeliveries")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Allowed(Scope.ALERTS_WRITE)
    Resent resendDead(@RequestParam String target, Actor actor) {
        byte[] targetId = targetId(target);
        return audit.inTransaction(() -> {
            var resent = new Resent(desk.resendDead(targetId, access.of(actor)));
            if (resent.resent() > 0) {
                audit.record(
                        actor, "deliveries.resent", new AuditLog.Target("delivery_target", target, ""), null, resent);
            }
            return resent;
        });
    }

    private StoredDelivery existing(long id, Actor actor) {
        return deliveries
                .find(id, access.of(actor))
                .filter(delivery -> delivery.projectId() != null || actor.role().seesAllProjects())
                .orElseThrow(() -> ApiException.notFound("delivery", id));
    }

    private static String why(StoredDelivery delivery) {
        return delivery.kind() == DeliveryKind.MAIL
                ? "delivery %d is mail with a link, of which nothing is kept; make a new one".formatted(delivery.id())
                : "delivery %d is %s (expected: dead or suppressed)"
                        .formatted(delivery.id(), delivery.state().wireName());
    }

    private static @Nullable DeliveryState state(@Nullable String word) {
        return word == null
                ? null
                : DeliveryState.of(word)
                        .orElseThrow(() -> ApiException.invalid(
                                "state", "'%s' (expected: %s)".formatted(word, DeliveryState.WORDS)));
    }

    private static byte[] targetId(String target) {
        if (target.length() == TARGET_ID_DIGITS) {
            try {
                return HexFormat.of().parseHex(target);
            } catch (IllegalArgumentException _) {
                // Is said below.
            }
        }
        throw ApiException.invalid("target", "no target_id of a delivery");
    }
}
