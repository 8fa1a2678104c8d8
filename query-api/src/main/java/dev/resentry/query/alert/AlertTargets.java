package dev.resentry.query.alert;

import dev.resentry.model.alert.AlertTarget;
import dev.resentry.model.alert.TargetType;
import dev.resentry.model.repository.WebAddress;
import dev.resentry.processing.alert.AlertTemplate;
import dev.resentry.processing.alert.MalformedTemplateException;
import dev.resentry.query.error.ApiException;
import dev.resentry.storage.team.TeamStore;
import dev.resentry.storage.user.UserStore;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether somebody can be told by what a target says. */
public final class AlertTargets {
    /** How many a rule may have. */
    public static final int MOST = 20;

    public static final int MAX_SECRET = 200;

    /** One at sign, no spaces and nothing that ends a header line. */
    private static final Pattern EMAIL = Pattern.compile("[^\\s@,;<>\"]{1,64}@[^\\s@,;<>\"]{1,189}");

    private final UserStore users;
    private final TeamStore teams;

    AlertTargets(UserStore users, TeamStore teams) {
        this.users = users;
        this.teams = teams;
    }

    /** The type by its word. */
    public static TargetType type(String field, String word) {
        return Arrays.stream(TargetType.values())
                .filter(type -> type.wireName().equals(word))
                .findFirst()
                .orElseThrow(() -> ApiException.invalid(
                        field,
                        "'%s' (expected: %s)"
                                .formatted(
                                        word,
                                        Arrays.stream(TargetType.values())
                                                .map(TargetType::wireName)
                                                .collect(Collectors.joining(", ")))));
    }

    /** A text that says something, or nothing. */
    public static @Nullable String given(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    /**
     * Refuses a target that tells nobody, or whose templates are none.
     *
     * @param name what the request calls a field: {@code value}, {@code subject} or {@code body}
     */
    public void check(AlertTarget target, UnaryOperator<String> name) {
        problem(target).ifPresent(problem -> {
            throw ApiException.invalid(name.apply("value"), problem);
        });
        checkTemplate(name.apply("subject"), target.subject());
        checkTemplate(name.apply("body"), target.body());
    }

    private Optional<String> problem(AlertTarget target) {
        String value = target.value();
        return switch (target.type()) {
            case EMAIL ->
                EMAIL.matcher(value).matches()
                        ? Optional.empty()
                        : Optional.of("'%s' (expected: an e-mail address)".formatted(value));
            case USER ->
                isId(value) && users.find(Long.parseLong(value)).isPresent()
                        ? Optional.empty()
                        : Optional.of("'%s' (expected: the id of a user)".formatted(value));
            case TEAM ->
                isId(value) && teams.find(Long.parseLong(value)).isPresent()
                        ? Optional.empty()
                        : Optional.of("'%s' (expected: the id of a team)".formatted(value));
            case ASSIGNEE -> value.isEmpty() ? Optional.empty() : Optional.of("'%s' (expected: none)".formatted(value));
            case WEBHOOK, SENTRY_WEBHOOK, SENTRY_PLUGIN, SLACK, MATTERMOST, DISCORD, MS_TEAMS ->
                WebAddress.parse(value).isPresent()
                        ? Optional.empty()
                        : Optional.of("'%s' (%s)".formatted(value, WebAddress.RULE));
        };
    }

    private static boolean isId(String value) {
        return value.matches("[0-9]{1,18}");
    }

    private static void checkTemplate(String field, @Nullable String template) {
        if (template != null) {
            AlertTemplate _ = template(field, template);
        }
    }

    /** A template that is none is refused by the name of its field. */
    static AlertTemplate template(String field, String text) {
        try {
            return AlertTemplate.parse(text);
        } catch (MalformedTemplateException e) {
            throw ApiException.invalid(field, String.valueOf(e.getMessage()));
        }
    }
}
