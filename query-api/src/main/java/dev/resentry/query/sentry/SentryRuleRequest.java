package dev.resentry.query.sentry;

import dev.resentry.model.alert.AlertRule;
import dev.resentry.model.alert.AlertRule.Match;
import dev.resentry.query.error.ApiException;
import dev.resentry.storage.project.Project;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** A rule that was sent, in the form of {@link SentryRule}, whose fields that are the server's it passes over. */
record SentryRuleRequest(JsonFields body) {
    private static final int USUAL_MINUTES = 30;
    private static final List<String> MATCHES = List.of("all", "any", "none");

    /** @throws ApiException if it is for another project too */
    static SentryRuleRequest of(JsonNode request, Project project) {
        JsonFields body = JsonFields.of(request, "");
        List<String> projects = body.texts("projects");
        if (!projects.isEmpty() && !projects.equals(List.of(project.slug()))) {
            throw body.wrong("projects", "['%s'], the project of the path".formatted(project.slug()));
        }
        body.refuse("owner", "rules have no owner here");
        return new SentryRuleRequest(body);
    }

    AlertRule rule() {
        List<JsonFields> conditions = body.objects("conditions");
        if (conditions.isEmpty()) {
            throw ApiException.invalid("conditions", "none (expected: one at least)");
        }
        return new AlertRule(
                body.requiredName(AlertRule.MAX_NAME),
                body.environment(),
                match("actionMatch"),
                conditions.stream().map(RuleNodeReader::condition).toList(),
                match("filterMatch"),
                body.objects("filters").stream().map(RuleNodeReader::filter).toList(),
                Duration.ofMinutes(
                        body.whole("frequency", USUAL_MINUTES, (int) AlertRule.MIN_INTERVAL.toMinutes(), (int)
                                AlertRule.MAX_INTERVAL.toMinutes())));
    }

    boolean enabled(boolean usual) {
        String status = body.word("status", "", List.of("active", "disabled"));
        return status.isEmpty() ? usual : status.equals("active");
    }

    List<JsonFields> actions() {
        return body.objects("actions");
    }

    private Match match(String field) {
        return Match.valueOf(body.word(field, "all", MATCHES).toUpperCase(Locale.ROOT));
    }
}
