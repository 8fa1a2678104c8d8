package dev.resentry.query.alert;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.resentry.model.event.Level;
import dev.resentry.query.schema.WordOf;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * What an issue and its event have to be like. Each type has fields of its own; those of others are passed over.
 *
 * @param order of level: at_least if it is absent
 * @param level of level
 * @param key of tag
 * @param name of attribute, by the names of Sentry's rules, such as {@code exception.type}
 * @param operator of release, tag and attribute: equals if it is absent
 * @param values of release, tag and attribute: one, but several for in and not_in, and none for set and not_set
 * @param older of age: whether the issue has to be older, which it is if it is absent, or newer
 * @param minutes of age
 * @param atLeast of occurrences: how many events the issue has to have had
 * @param to of assigned: anybody if it is absent
 * @param id of assigned: the user or team
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "AlertFilter")
record AlertFilterBody(
        @NotNull @Pattern(regexp = "level|release|latest_release|tag|attribute|age|occurrences|assigned")
        String type,

        @Nullable @Pattern(regexp = "equal|at_least|at_most")
        String order,

        @Nullable @WordOf(Level.class) String level,
        @Nullable String key,
        @Nullable String name,

        @Nullable
        @Pattern(
                regexp =
                        "equals|not_equals|starts_with|not_starts_with|ends_with|not_ends_with|contains|not_contains|set|not_set|in|not_in")
        String operator,

        @Nullable List<@NotNull String> values,
        @Nullable Boolean older,
        @Nullable Long minutes,
        @Nullable Long atLeast,

        @Nullable @Pattern(regexp = "nobody|anybody|user|team")
        String to,

        @Nullable Long id) {}
