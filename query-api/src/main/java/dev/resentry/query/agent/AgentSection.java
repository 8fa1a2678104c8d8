package dev.resentry.query.agent;

import dev.resentry.query.error.ApiException;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The parts of an issue for agents, the most telling first. */
enum AgentSection {
    SUMMARY,
    ERRORS,
    VARIABLES,
    BREADCRUMBS,
    VARIATION,
    SUSPECTS,
    GROUPING,
    REPRODUCTION;

    private static final String WORDS =
            Arrays.stream(values()).map(AgentSection::wireName).collect(Collectors.joining(", "));

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The sections of their words; all of them if none is named.
     *
     * @throws ApiException if a word is none
     */
    static Set<AgentSection> of(@Nullable List<String> words) {
        if (words == null || words.isEmpty()) {
            return Collections.unmodifiableSet(EnumSet.allOf(AgentSection.class));
        }
        Set<AgentSection> sections = EnumSet.noneOf(AgentSection.class);
        words.forEach(word -> sections.add(of(word)));
        return Collections.unmodifiableSet(sections);
    }

    private static AgentSection of(String word) {
        return Arrays.stream(values())
                .filter(section -> section.wireName().equals(word))
                .findFirst()
                .orElseThrow(() -> ApiException.invalid("sections", "'%s' (expected: %s)".formatted(word, WORDS)));
    }
}
