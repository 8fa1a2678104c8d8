package dev.resentry.storage.search;

import dev.resentry.model.search.SearchNode;
import dev.resentry.model.search.SearchOperator;
import dev.resentry.model.search.SearchValue;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * How much the release that a row is of is used, by the sessions of the last day.
 *
 * @param version the whole version
 * @param project the id of the project
 */
record ReleaseStageTerms(String version, String project) implements SearchTerms {
    static final List<String> WORDS = List.of("adopted", "low_adoption", "replaced");

    private static final Duration LOOKED_AT = Duration.ofDays(1);

    /** In ten sessions of its project. */
    private static final int ADOPTED = 1;

    @Override
    public String matches(SearchNode.Term term, SearchBinding binding) {
        return FieldConditions.any(term, value -> one(term, value, binding));
    }

    private String one(SearchNode.Term term, SearchValue.One value, SearchBinding binding) {
        String word = value.written().toLowerCase(Locale.ROOT);
        if (term.operator() != SearchOperator.EQUALS || !WORDS.contains(word)) {
            throw SearchFaults.value(term, value, "one of " + String.join(", ", WORDS));
        }
        return "(%s, %s) IN (%s)".formatted(project, version, releases(word, binding));
    }

    private static String releases(String word, SearchBinding binding) {
        String since = binding.bind(binding.context().now().minus(LOOKED_AT).atOffset(ZoneOffset.UTC));
        Set<Long> ids = binding.context().projects().ids();
        String wanted = ids == null ? "true" : "h.project_id = ANY (" + binding.bind(ids.toArray(Long[]::new)) + ")";
        String condition = switch (word) {
            case "adopted" -> "used.recent > 0 AND used.recent * 10 >= used.all_recent * " + ADOPTED;
            case "low_adoption" -> "used.recent > 0 AND used.recent * 10 < used.all_recent * " + ADOPTED;
            default -> "coalesce(used.recent, 0) = 0";
        };
        return """
            SELECT used.project_id, used.release
            FROM (SELECT h.project_id, h.release, sum(h.sessions) FILTER (WHERE h.hour >= %1$s) AS recent,
                         sum(sum(h.sessions) FILTER (WHERE h.hour >= %1$s)) OVER (PARTITION BY h.project_id) AS all_recent
                  FROM session_hours h
                  WHERE %3$s
                  GROUP BY h.project_id, h.release) AS used
            WHERE %2$s\
            """.formatted(since, condition, wanted);
    }

    @Override
    public String isPresent(SearchBinding binding) {
        return "(%s, %s) IN (SELECT h.project_id, h.release FROM session_hours h)".formatted(project, version);
    }
}
