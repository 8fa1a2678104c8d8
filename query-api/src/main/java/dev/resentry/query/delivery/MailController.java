package dev.resentry.query.delivery;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.AuditLog;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.service.mail.MailSettings;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** Whether and how mail is sent, and trying it. */
@NativeApi
@Tag(name = "Deliveries")
class MailController {
    private final MailSettings settings;
    private final Mails mails;
    private final AuditLog audit;

    MailController(MailSettings settings, Mails mails, AuditLog audit) {
        this.settings = settings;
        this.mails = mails;
        this.audit = audit;
    }

    /**
     * How mail is sent, by the settings of the API, which are to be those of the processors.
     *
     * @param setUp whether a server takes mail; if not, it is printed to the log of a processor
     * @param encryption starttls, tls or none
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "Mail")
    record MailResponse(
            boolean setUp,
            @Nullable String host,
            @Nullable Integer port,
            @Nullable String from,

            @Schema(allowableValues = {"starttls", "tls", "none"}) @Nullable
            String encryption) {
        static MailResponse of(MailSettings settings) {
            if (!settings.isSetUp()) {
                return new MailResponse(false, null, null, null, null);
            }
            String encryption = settings.tls() ? "tls" : settings.startTls() ? "starttls" : "none";
            return new MailResponse(true, settings.host(), settings.port(), settings.from(), encryption);
        }
    }

    /**
     * A test on its way.
     *
     * @param delivery the delivery that tells what came of it
     */
    @Schema(name = "MailTest")
    record TestResponse(long delivery, String href) {}

    @GetMapping("/api/v1/mail")
    @Operation(operationId = "getMail")
    @Allowed(Scope.ORG_WRITE)
    MailResponse get() {
        return MailResponse.of(settings);
    }

    /** Sends a mail to who asks for it. */
    @PostMapping("/api/v1/mail")
    @Operation(operationId = "testMail")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Allowed(Scope.ORG_WRITE)
    TestResponse test(Actor actor) {
        if (actor.userId() == Actor.NOBODY) {
            throw ApiException.conflict(
                    "user", "%s has no address to which mail could be sent".formatted(actor.email()));
        }
        return audit.inTransaction(() -> {
            long id = mails.sendTest(actor.email());
            audit.record(actor, "mail.tested", new AuditLog.Target("delivery", id, actor.email()), null, null);
            return new TestResponse(id, "/api/v1/deliveries/" + id);
        });
    }
}
