package dev.resentry.query.webhook;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.AuditLog;
import dev.resentry.query.access.ProjectAccess;
import dev.resentry.query.access.Scope;
import dev.resentry.query.auth.SecretToken;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.schema.WordOf;
import dev.resentry.service.http.RefusedTargetException;
import dev.resentry.service.http.SafeHttp;
import dev.resentry.storage.delivery.DeliveryKind;
import dev.resentry.storage.delivery.DeliveryOutbox;
import dev.resentry.storage.delivery.NewDelivery;
import dev.resentry.storage.webhook.Webhook;
import dev.resentry.storage.webhook.WebhookEvent;
import dev.resentry.storage.webhook.WebhookFormat;
import dev.resentry.storage.webhook.WebhookStore;
import dev.resentry.storage.webhook.WebhookStore.Details;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Webhooks: URLs that are told what happens. Those of all projects are the organization's. */
@NativeApi
@Tag(name = "Webhooks")
class WebhookController {
    private static final int MAX_URL = 2_000;

    private final WebhookStore webhooks;
    private final DeliveryOutbox outbox;
    private final ProjectAccess access;
    private final AuditLog audit;

    WebhookController(WebhookStore webhooks, DeliveryOutbox outbox, ProjectAccess access, AuditLog audit) {
        this.webhooks = webhooks;
        this.outbox = outbox;
        this.access = access;
        this.audit = audit;
    }

    /**
     * A webhook to be made.
     *
     * @param project the id of the project of which it is told; null for all, for who may change the organization
     * @param enabled true unless it is given
     */
    @Schema(name = "NewWebhook")
    record NewWebhook(
            @Nullable Long project,
            @NotBlank @Size(max = MAX_URL) String url,
            @WordOf(WebhookFormat.class) @NotNull String form,
            @NotEmpty List<String> events,
            @Nullable Boolean enabled) {}

    /** What a webhook is to be; its project and its secret stay. */
    @Schema(name = "WebhookChange")
    record WebhookChange(
            @NotBlank @Size(max = MAX_URL) String url,
            @WordOf(WebhookFormat.class) @NotNull String form,
            @NotEmpty List<String> events,
            boolean enabled) {}

    /** A delivery that is on its way. */
    @Schema(name = "WebhookTest")
    record WebhookTest(long delivery) {}

    /** @param project the id of one whose webhooks are wanted; those of all projects are left out then */
    @Allowed(Scope.ALERTS_READ)
    @GetMapping("/api/v1/webhooks")
    List<WebhookResponse> list(@RequestParam @Nullable Long project, Actor actor) {
        return webhooks.list(access.of(actor), project).stream()
                .map(webhook -> answer(webhook, actor))
                .toList();
    }

    @Allowed(Scope.ALERTS_READ)
    @GetMapping("/api/v1/webhooks/{id}")
    WebhookResponse get(@PathVariable long id, Actor actor) {
        return answer(visible(id, actor), actor);
    }

    /** Makes a webhook. The answer holds its secret, and nothing else ever does. */
    @Allowed(Scope.ALERTS_WRITE)
    @PostMapping("/api/v1/webhooks")
    @ResponseStatus(HttpStatus.CREATED)
    WebhookResponse add(@Valid @RequestBody NewWebhook request, Actor actor) {
        Long project = request.project();
        requireWrite(project, actor);
        Details details = details(
                request.url(), request.form(), request.events(), request.enabled() == null || request.enabled());
        String secret = SecretToken.random("").text();
        Webhook added = audit.inTransaction(() -> {
            long id = webhooks.add(project, details, secret, actor.email())
                    .orElseThrow(() -> ApiException.conflict(
                            "project", "there are %d webhooks already (expected: fewer)".formatted(WebhookStore.MOST)));
            Webhook made = existing(id);
            audit.record(actor, "webhook.created", target(made), null, WebhookResponse.recorded(made));
            return made;
        });
        return WebhookResponse.of(added, secret);
    }

    @Allowed(Scope.ALERTS_WRITE)
    @PutMapping("/api/v1/webhooks/{id}")
    WebhookResponse replace(@PathVariable long id, @Valid @RequestBody WebhookChange request, Actor actor) {
        Webhook before = writable(id, actor);
        Details details = details(request.url(), request.form(), request.events(), request.enabled());
        return audit.inTransaction(() -> {
            webhooks.change(id, details);
            Webhook after = existing(id);
            audit.record(
                    actor,
                    "webhook.changed",
                    target(after),
                    WebhookResponse.recorded(before),
                    WebhookResponse.recorded(after));
            return WebhookResponse.of(after);
        });
    }

    @Allowed(Scope.ALERTS_WRITE)
    @DeleteMapping("/api/v1/webhooks/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable long id, Actor actor) {
        Webhook before = writable(id, actor);
        audit.doInTransaction(() -> {
            webhooks.remove(id);
            audit.record(actor, "webhook.deleted", target(before), WebhookResponse.recorded(before), null);
        });
    }

    /** Sends something of no consequence to the webhook; what becomes of it is among its deliveries. */
    @Allowed(Scope.ALERTS_WRITE)
    @PostMapping("/api/v1/webhooks/{id}/test")
    @ResponseStatus(HttpStatus.ACCEPTED)
    WebhookTest test(@PathVariable long id, Actor actor) {
        Webhook webhook = writable(id, actor);
        return audit.inTransaction(() -> {
            List<Long> added = outbox.add(List.of(new NewDelivery(
                    DeliveryKind.TEST,
                    webhook.form().target(),
                    webhook.url(),
                    webhook.secret(),
                    null,
                    webhook.projectId(),
                    null,
                    null,
                    null,
                    webhook.id(),
                    content(actor))));
            audit.record(actor, "webhook.tested", target(webhook), null, null);
            return new WebhookTest(added.getFirst());
        });
    }

    private static ObjectNode content(Actor actor) {
        String text = "%s tries whether this webhook works".formatted(actor.email());
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        content.put("subject", "Test of a webhook").put("text", text);
        content.putObject("lean").put("event", "test").put("text", text);
        ObjectNode sentry =
                content.putObject("sentry").put("resource", "installation").put("action", "created");
        sentry.putObject("data").putObject("installation").put("status", "installed");
        sentry.putObject("actor").put("type", "user").put("id", actor.userId()).put("name", actor.email());
        ObjectNode plugin = content.putObject("plugin").put("id", "0").put("message", text);
        plugin.putArray("triggering_rules");
        plugin.putObject("event").put("title", "Test of a webhook");
        return content;
    }

    private static Details details(String url, String form, List<String> events, boolean enabled) {
        String address = url.strip();
        try {
            SafeHttp.url(address);
        } catch (RefusedTargetException e) {
            throw ApiException.invalid("url", String.valueOf(e.getMessage()));
        }
        WebhookFormat known = WebhookFormat.of(form)
                .orElseThrow(() -> ApiException.invalid(
                        "form", "'%s' (expected: one of %s)".formatted(form, WebhookFormat.WORDS)));
        Set<WebhookEvent> wanted = EnumSet.noneOf(WebhookEvent.class);
        for (int i = 0; i < events.size(); i++) {
            String word = events.get(i);
            String field = "events[%d]".formatted(i);
            wanted.add(WebhookEvent.of(word)
                    .orElseThrow(() -> ApiException.invalid(
                            field, "'%s' (expected: one of %s)".formatted(word, WebhookEvent.WORDS))));
        }
        return new Details(address, known, wanted, enabled);
    }

    private Webhook existing(long id) {
        return webhooks.find(id).orElseThrow(() -> ApiException.notFound("webhook", id));
    }

    private Webhook visible(long id, Actor actor) {
        Webhook webhook = existing(id);
        if (!access.of(actor).contains(webhook.projectId())) {
            throw ApiException.notFound("webhook", id);
        }
        return webhook;
    }

    private Webhook writable(long id, Actor actor) {
        Webhook webhook = visible(id, actor);
        requireWrite(webhook.projectId(), actor);
        return webhook;
    }

    private void requireWrite(@Nullable Long project, Actor actor) {
        if (project != null) {
            access.require(actor, project);
        } else if (!actor.may(Scope.ORG_WRITE)) {
            throw ApiException.forbidden(
                    "project: null, which is all projects, is for who may %s".formatted(Scope.ORG_WRITE.wireName()));
        }
    }

    /** A URL may let in who knows it: whole it is for those only who may change it. */
    private static WebhookResponse answer(Webhook webhook, Actor actor) {
        return actor.may(Scope.ALERTS_WRITE) ? WebhookResponse.of(webhook) : WebhookResponse.recorded(webhook);
    }

    private static AuditLog.Target target(Webhook webhook) {
        return new AuditLog.Target("webhook", webhook.id(), WebhookResponse.shownUrl(webhook));
    }
}
