package dev.resentry.query.sentry;

import dev.resentry.model.alert.AlertCondition.CrashFreeBelow;
import dev.resentry.model.alert.AlertCondition.Rate;
import dev.resentry.model.alert.AlertRule;
import dev.resentry.query.error.ApiException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A rule of a figure that was sent, in the form of {@link SentryMetricRule}, whose fields that are the server's it passes over. */
record SentryMetricRuleRequest(JsonFields body, JsonFields trigger) {
    private static final Duration INTERVAL = Duration.ofMinutes(30);
    private static final int MOST_MINUTES = (int) Duration.ofDays(30).toMinutes();
    private static final long USUAL_MINIMUM = 50;

    /** @throws ApiException if it has not one trigger, or one of another kind than there is */
    static SentryMetricRuleRequest of(JsonNode request) {
        JsonFields body = JsonFields.of(request, "");
        body.refuse("owner", "rules have no owner here");
        body.refuse("query", "all sessions count");
        body.refuse("comparisonDelta", "rates are compared with a threshold");
        body.refuse("resolveThreshold", "it is resolved when the rate is above the threshold again");
        List<JsonFields> triggers = body.objects("triggers");
        if (triggers.size() != 1) {
            throw ApiException.invalid("triggers", "%d (expected: one, labelled critical)".formatted(triggers.size()));
        }
        JsonFields trigger = triggers.getFirst();
        String label = trigger.optionalText("label");
        if (label != null && !label.equals(SentryMetricRule.CRITICAL)) {
            throw trigger.wrong("label", SentryMetricRule.CRITICAL);
        }
        return new SentryMetricRuleRequest(body, trigger);
    }

    String project() {
        List<String> projects = body.texts("projects");
        if (projects.size() != 1) {
            throw ApiException.invalid("projects", "%d (expected: one, by its slug)".formatted(projects.size()));
        }
        return projects.getFirst();
    }

    /** @param before the rule that it replaces, of which it keeps what this form does not say */
    AlertRule rule(@Nullable AlertRule before) {
        Rate rate = rate();
        body.word("dataset", SentryMetricRule.DATASET, List.of(SentryMetricRule.DATASET, "sessions"));
        if (body.whole("thresholdType", SentryMetricRule.BELOW, 0, 2) != SentryMetricRule.BELOW) {
            throw body.wrong("thresholdType", "1, below the threshold");
        }
        long minimum = before == null
                ? USUAL_MINIMUM
                : SentryMetricRule.condition(before)
                        .map(CrashFreeBelow::minimum)
                        .orElse(USUAL_MINIMUM);
        return new AlertRule(
                body.requiredName(AlertRule.MAX_NAME),
                body.environment(),
                AlertRule.Match.ANY,
                List.of(new CrashFreeBelow(
                        rate,
                        trigger.number("alertThreshold", 0, 100),
                        Duration.ofMinutes(body.whole("timeWindow", 1, MOST_MINUTES)),
                        body.has("minimum") ? body.whole("minimum", 1, Integer.MAX_VALUE) : minimum)),
                AlertRule.Match.ALL,
                List.of(),
                before == null ? INTERVAL : before.interval());
    }

    private Rate rate() {
        String aggregate = body.text("aggregate", known()).replace(" ", "").toLowerCase(Locale.ROOT);
        return Arrays.stream(Rate.values())
                .filter(rate -> {
                    String whole =
                            SentryMetricRule.aggregate(rate).replace(" ", "").toLowerCase(Locale.ROOT);
                    return aggregate.equals(whole) || whole.startsWith(aggregate + "as_");
                })
                .findFirst()
                .orElseThrow(() -> body.wrong("aggregate", known()));
    }

    private static String known() {
        return "%s, or of users; what happens to single issues is for rules of a project"
                .formatted(SentryMetricRule.aggregate(Rate.SESSIONS));
    }

    boolean enabled(boolean usual) {
        return body.has("status") ? body.whole("status", 0, 0, 4) == 0 : usual;
    }

    List<JsonFields> actions() {
        return trigger.objects("actions");
    }
}
