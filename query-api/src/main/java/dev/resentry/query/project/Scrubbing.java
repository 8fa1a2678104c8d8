package dev.resentry.query.project;

import dev.resentry.processing.scrub.IpPolicy;
import dev.resentry.processing.scrub.ScrubSettings;
import dev.resentry.processing.scrub.Scrubber;
import dev.resentry.processing.scrub.rule.InvalidRuleException;
import dev.resentry.processing.scrub.rule.ScrubRule;
import dev.resentry.processing.scrub.rule.ScrubRule.Method;
import dev.resentry.processing.scrub.rule.Target;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.schema.WordOf;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * What a project wants to be taken out of its events.
 *
 * @param enabled whether anything is
 * @param fields more names of fields that speak of secrets, matched by their words
 * @param safeFields whole names of fields whose values only rules touch
 * @param ipAddresses what becomes of addresses of the network
 * @param rules of the project's own, in their order, before all others
 */
@JsonNaming(SnakeCaseStrategy.class)
record Scrubbing(
        @NotNull Boolean enabled,
        @NotNull @Size(max = MAX_FIELDS) List<@NotBlank @Size(max = 100) String> fields,
        @NotNull @Size(max = MAX_FIELDS) List<@NotBlank @Size(max = 100) String> safeFields,
        @NotNull @WordOf(IpPolicy.class) String ipAddresses,
        @NotNull @Size(max = 50) List<@NotNull @Valid Rule> rules) {
    static final int MAX_FIELDS = 200;

    /**
     * What is done to what, and where.
     *
     * @param type what is looked for
     * @param pattern a regular expression in RE2's syntax; only with type {@code pattern}
     * @param source a selector, such as {@code $error.value || extra.**}
     * @param replacement only with method {@code replace}; a word for what was found if it is absent
     */
    record Rule(
            @NotNull @WordOf(Method.class) String method,
            @NotNull @WordOf(Target.class) String type,
            @Nullable @Size(max = 500) String pattern,
            @NotBlank @Size(max = 1_000) String source,
            @Nullable @Size(max = 200) String replacement) {

        private static Rule of(ScrubRule rule) {
            return new Rule(
                    rule.method().wireName(),
                    rule.target().wireName(),
                    rule.pattern(),
                    rule.source(),
                    rule.replacement());
        }
    }

    static Scrubbing of(ScrubSettings settings) {
        return new Scrubbing(
                settings.enabled(),
                settings.fields(),
                settings.safeFields(),
                settings.ipAddresses().wireName(),
                settings.rules().stream().map(Rule::of).toList());
    }

    /**
     * The same for the scrubber.
     *
     * @throws ApiException if a word is none
     */
    ScrubSettings asSettings() {
        return new ScrubSettings(
                enabled,
                fields,
                safeFields,
                word(
                        "ip_addresses",
                        ipAddresses,
                        IpPolicy.of(ipAddresses),
                        words(IpPolicy.values(), IpPolicy::wireName)),
                IntStream.range(0, rules.size()).mapToObj(this::rule).toList());
    }

    /**
     * What scrubs by some settings.
     *
     * @throws ApiException if one of the rules cannot be used
     */
    static Scrubber scrubber(ScrubSettings settings) {
        try {
            return new Scrubber(settings);
        } catch (InvalidRuleException e) {
            throw ApiException.invalid("settings." + e.field(), e.explanation());
        }
    }

    private ScrubRule rule(int index) {
        Rule rule = rules.get(index);
        String place = "rules[%d].".formatted(index);
        return new ScrubRule(
                word(
                        place + "method",
                        rule.method(),
                        Method.of(rule.method()),
                        words(Method.values(), Method::wireName)),
                word(place + "type", rule.type(), Target.of(rule.type()), words(Target.values(), Target::wireName)),
                rule.pattern(),
                rule.source(),
                rule.replacement());
    }

    private static <T> T word(String field, String given, Optional<T> read, String words) {
        return read.orElseThrow(
                () -> ApiException.invalid("settings." + field, "'%s' (expected: %s)".formatted(given, words)));
    }

    private static <T> String words(T[] values, Function<T, String> wireName) {
        return Arrays.stream(values).map(wireName).collect(Collectors.joining(", "));
    }
}
