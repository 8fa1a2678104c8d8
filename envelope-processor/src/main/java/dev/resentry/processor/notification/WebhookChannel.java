package dev.resentry.processor.notification;

import dev.resentry.model.alert.TargetType;
import dev.resentry.service.http.RefusedTargetException;
import dev.resentry.service.http.SafeHttp;
import dev.resentry.service.http.SafeHttp.Answer;
import dev.resentry.service.http.SafeHttp.Request;
import dev.resentry.storage.delivery.ClaimedDelivery;
import dev.resentry.storage.delivery.DeliveryResult;
import dev.resentry.storage.delivery.DeliveryResult.Attempt;
import dev.resentry.storage.delivery.ShownTarget;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Posts JSON to a URL, in one form. */
final class WebhookChannel implements Channel {
    private static final int MAX_SHOWN = 8_000;
    private static final int MAX_ANSWER = 1_000;
    private static final int GONE = 410;
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;

    /** What a target that says it has too much is left alone for, unless it says how long. */
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private static final Duration MAX_PAUSE = Duration.ofHours(1);

    private final SafeHttp http;
    private final WebhookForm form;
    private final InstantSource clock;

    WebhookChannel(SafeHttp http, WebhookForm form, InstantSource clock) {
        this.http = http;
        this.form = form;
        this.clock = clock;
    }

    /** The form of a type of target that is a URL. */
    static WebhookForm form(TargetType type) {
        return switch (type) {
            case WEBHOOK -> new LeanForm();
            case SENTRY_WEBHOOK -> new SentryForm();
            case SENTRY_PLUGIN -> new PluginForm();
            case SLACK -> ChatForms.slack();
            case MATTERMOST -> ChatForms.mattermost();
            case DISCORD -> ChatForms.discord();
            case MS_TEAMS -> ChatForms.msTeams();
            case EMAIL, USER, TEAM, ASSIGNEE ->
                throw new IllegalArgumentException("%s is no URL".formatted(type.wireName()));
        };
    }

    @Override
    public DeliveryResult send(ClaimedDelivery delivery, DeliveryContent content) {
        WebhookForm.Message message = form.write(delivery, content, clock.instant());
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("User-Agent", "Resentry");
        headers.putAll(message.headers());
        String shown = "";
        try {
            URI uri = SafeHttp.url(delivery.target());
            shown = shown(delivery, headers, message.body());
            return result(http.send(new Request("POST", uri, headers, message.body())), shown);
        } catch (RefusedTargetException e) {
            return new DeliveryResult.Refused(new Attempt(null, "", e.getMessage(), shown));
        } catch (IOException e) {
            String error = DeliveryContent.oneLine(e.getClass().getSimpleName() + ": " + e.getMessage());
            return new DeliveryResult.Failed(new Attempt(null, "", error, shown));
        }
    }

    private DeliveryResult result(Answer answer, String shown) {
        int status = answer.status();
        boolean well = status >= 200 && status < 300;
        String error = well
                ? null
                : "answered " + status + (status >= 300 && status < 400 ? ", a redirect, which is not followed" : "");
        var attempt = new Attempt(status, Cut.to(answer.body(), MAX_ANSWER), error, shown);
        if (well) {
            return new DeliveryResult.Delivered(attempt);
        }
        Optional<Duration> asked = answer.header("retry-after").flatMap(this::pause);
        return switch (status) {
            case GONE -> new DeliveryResult.Gone(attempt);
            case TOO_MANY -> new DeliveryResult.Postponed(attempt, asked.orElse(PAUSE));
            case UNAVAILABLE ->
                asked.<DeliveryResult>map(pause -> new DeliveryResult.Postponed(attempt, pause))
                        .orElseGet(() -> new DeliveryResult.Failed(attempt));
            default -> new DeliveryResult.Failed(attempt);
        };
    }

    /** Seconds, of which some chats write fractions, or a date. */
    private Optional<Duration> pause(String retryAfter) {
        String text = retryAfter.strip();
        Duration pause;
        try {
            pause = text.matches("[0-9]{1,9}(\\.[0-9]{1,9})?")
                    ? Duration.ofMillis((long) Math.ceil(Double.parseDouble(text) * 1_000))
                    : Duration.between(clock.instant(), Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
        if (!pause.isPositive()) {
            return Optional.of(Duration.ofSeconds(1));
        }
        return Optional.of(pause.compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : pause);
    }

    /** The request for people: where its URL has what lets others send there too, and the signature, stand dots. */
    private static String shown(ClaimedDelivery delivery, Map<String, String> headers, String body) {
        var text = new StringBuilder("POST ")
                .append(ShownTarget.of(delivery.type(), delivery.target()))
                .append('\n');
        headers.forEach((name, value) -> text.append(name)
                .append(": ")
                .append(name.endsWith("Signature") ? "…" : value)
                .append('\n'));
        return Cut.to(text.append('\n').append(body).toString(), MAX_SHOWN);
    }
}
