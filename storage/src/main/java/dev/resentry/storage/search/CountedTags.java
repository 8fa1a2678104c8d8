package dev.resentry.storage.search;

import dev.resentry.model.event.EventId;
import dev.resentry.model.search.SearchKey;
import dev.resentry.model.search.SearchNode;
import dev.resentry.model.search.SearchOperator;
import dev.resentry.model.search.SearchPattern;
import dev.resentry.model.search.SearchValue;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is counted of issues {@code i} tells of a term that is asked of one of their events: few issues have the value at all, and most of
 * them need no look at their events.
 *
 * <p>Values without a row of their own count on value {@code ''}, and those of keys without rows on key {@code ''}. An issue that a job
 * is about to count again is looked at whatever is counted.
 */
final class CountedTags {
    /** What is longer is cut where it is counted, to a text of this length. */
    private static final int MAX_TEXT = 200;

    /** Under these keys columns are counted, not tags of these names. */
    private static final Set<String> COLUMNS = Set.of("level", "environment", "release");

    private static final String PENDING = "SELECT p.issue_id FROM pending_recounts p WHERE p.issue_id IS NOT NULL";

    private final SearchDataset dataset;
    private final SearchBinding binding;
    private final int few;

    CountedTags(SearchDataset dataset, SearchBinding binding, int few) {
        this.dataset = dataset;
        this.binding = binding;
        this.few = few;
    }

    /**
     * Conditions of an issue.
     *
     * @param needed what is true of it if one of its events matches
     * @param enough if it is true, one of its events matches; null if nothing tells
     * @param otherwise what of {@code needed} is left where {@code enough} is not true
     */
    record Counted(String needed, @Nullable String enough, String otherwise) {
        static Counted needed(String needed) {
            return new Counted(needed, null, needed);
        }
    }

    /** Empty if nothing is counted that tells of a node. */
    Optional<Counted> of(SearchNode node) {
        return switch (node) {
            case SearchNode.Term term when term.operator() == SearchOperator.EQUALS -> ofTerm(term);
            case SearchNode.Has has -> key(has.key()).map(key -> Counted.needed(withKey(key)));
            default -> Optional.empty();
        };
    }

    private Optional<Counted> ofTerm(SearchNode.Term term) {
        String field = field(term.key()).map(SearchField::name).orElse("");
        List<SearchPattern> patterns =
                term.value().values().stream().map(SearchValue.One::pattern).toList();
        if (patterns.stream()
                .anyMatch(pattern -> pattern.isLiteral() && pattern.literal().isEmpty())) {
            // An event without a value matches.
            return Optional.empty();
        }
        if (field.equals("trace")) {
            return ofTrace(term);
        }
        if (field.equals("release")
                && term.value() instanceof SearchValue.One one
                && one.written().equals(ReleaseTerms.LATEST)) {
            return Optional.of(ofLatestRelease());
        }
        boolean isPlain = patterns.stream().allMatch(pattern -> pattern.isLiteral() && isShort(pattern.literal()))
                && !(field.equals("release") && patterns.contains(SearchPattern.of(ReleaseTerms.LATEST)));
        return key(term.key()).map(key -> isPlain ? ofValues(key, patterns) : Counted.needed(withKey(key)));
    }

    private Optional<SearchField> field(SearchKey key) {
        return key.kind() == SearchKey.Kind.NAME ? dataset.field(key.name()) : Optional.empty();
    }

    /** The key by which a tag, or a column, is counted. */
    private Optional<String> key(SearchKey key) {
        Optional<SearchField> field = field(key);
        if (field.isPresent()) {
            return field.map(SearchField::name).filter(COLUMNS::contains);
        }
        boolean isTag = key.kind() == SearchKey.Kind.NAME || key.kind() == SearchKey.Kind.TAG;
        return Optional.of(key.name()).filter(name -> isTag && !COLUMNS.contains(name) && isShort(name));
    }

    private static boolean isShort(String text) {
        return text.codePointCount(0, text.length()) < MAX_TEXT;
    }

    /**
     * By the hashes of key and values, which have an index. What many issues have is looked up issue by issue where few are looked at,
     * so that a page reads of no more of them than it goes through.
     */
    private Counted ofValues(String key, List<SearchPattern> patterns) {
        String name = binding.bind(key);
        List<String> values = patterns.stream()
                .map(SearchPattern::literal)
                .map(value -> key.equals("level") ? value.toLowerCase(Locale.ROOT) : value)
                .map(binding::bind)
                .toList();
        List<String> named =
                values.stream().map(value -> row(name, value) + since("t")).toList();
        List<String> others = List.of(row(name, "''") + since("t"), row("''", "''") + since("t"));
        String oneByOne = "%s AND (SELECT count(*) FROM (%s LIMIT %d) AS hits) >= %3$d"
                .formatted(binding.oneByOne(), tags(named), few);
        String hasValue =
                either(oneByOne, rowOfIssue(name, String.join(", ", values)), "i.id IN (%s)".formatted(tags(named)));
        // Key '' has no other value than ''.
        String uncounted = "i.id IN (%s)".formatted(tags(others));
        if (!COLUMNS.contains(key)) {
            // Of many issues with further values few have this one.
            String has = FieldConditions.or(
                    values.stream().map(value -> EventTags.hold(name, value)).toList());
            uncounted =
                    "(%s AND %s)".formatted(uncounted, new EventsOfIssue(binding).whereIndexed("(%s)".formatted(has)));
        }
        String mayHaveValue = either(
                oneByOne,
                "((%s) OR i.id IN (%s))".formatted(rowOfIssue(name + ", ''", "''"), PENDING),
                "(%s OR i.id IN (%s))".formatted(uncounted, PENDING));
        String needed = "(%s OR %s)".formatted(mayHaveValue, hasValue);
        SearchContext context = binding.context();
        if (context.environments() != null || context.to() != null) {
            return Counted.needed(needed);
        }
        return new Counted(
                needed,
                "(i.expired_event_count = 0 AND %s AND i.id NOT IN (%s))".formatted(hasValue, PENDING),
                "(%s OR (i.expired_event_count > 0 AND %s))".formatted(mayHaveValue, hasValue));
    }

    /** Without {@code IS TRUE} the planner might make a join of it, and look at the events of all issues before that. */
    private static String either(String condition, String then, String otherwise) {
        return "(CASE WHEN %s THEN %s ELSE %s END) IS TRUE".formatted(condition, then, otherwise);
    }

    /**
     * Looked up in a set that is made once. Without {@code IS TRUE} the planner might make a join of it, and look at the events of all
     * issues before that.
     */
    private static String among(String issues) {
        return "(i.id IN (%s UNION ALL %s)) IS TRUE".formatted(issues, PENDING);
    }

    private static String tags(List<String> rows) {
        return "SELECT t.issue_id FROM issue_tags t WHERE " + FieldConditions.or(rows);
    }

    /** True if an issue has a row of one of some keys and values, else null; by the key of the table. */
    private String rowOfIssue(String keys, String values) {
        return "(SELECT true FROM issue_tags t WHERE t.issue_id = i.id AND t.key IN (%s) AND t.value IN (%s)%s LIMIT 1)"
                .formatted(keys, values, since("t"));
    }

    private static String row(String key, String value) {
        return """
            (hashtextextended(t.value, hashtextextended(t.key, 0)) = hashtextextended(%2$s, hashtextextended(%1$s, 0))
             AND t.key = %1$s AND t.value = %2$s)\
            """.formatted(key, value);
    }

    /** The last event with a value is not older than any that counts. */
    private String since(String row) {
        Instant from = binding.context().from();
        return from == null
                ? ""
                : " AND %s.last_seen >= ".formatted(row)
                        + binding.bind(from.truncatedTo(ChronoUnit.HOURS).atOffset(ZoneOffset.UTC));
    }

    /** An issue has a hundred keys at most: each is looked at on its own. */
    private String withKey(String key) {
        String name = binding.bind(key);
        return """
            ((SELECT true FROM issue_tag_keys k WHERE k.issue_id = i.id AND k.key = %s)
             OR (SELECT true FROM issue_tags t WHERE t.issue_id = i.id AND t.key = '' LIMIT 1) OR i.id IN (%s))\
            """.formatted(name, PENDING);
    }

    /** The newest release of each project is looked up once, and its issues by an index. */
    private Counted ofLatestRelease() {
        SearchContext context = binding.context();
        Set<String> environments = context.environments();
        String rows = """
            SELECT x.issue_id
            FROM projects p
            CROSS JOIN LATERAL (SELECT %s AS version OFFSET 0) AS latest
            CROSS JOIN LATERAL (SELECT * FROM issue_releases r
                                WHERE r.project_id = p.id AND r.release = latest.version%s%s OFFSET 0) AS x
            WHERE true\
            """.formatted(
                ReleaseTerms.latest("p.id", binding),
                environments == null
                        ? ""
                        : " AND r.environment = ANY (%s)".formatted(binding.bind(environments.toArray(String[]::new))),
                since("r"));
        return new Counted(
                among(rows),
                context.to() == null
                        ? "(i.id IN (%s AND x.expired_events = 0) AND i.id NOT IN (%s))".formatted(rows, PENDING)
                        : null,
                among(rows + " AND x.expired_events > 0"));
    }

    private Optional<Counted> ofTrace(SearchNode.Term term) {
        List<String> traces = term.value().values().stream()
                .flatMap(value -> EventId.parse(value.written()).stream())
                .map(trace -> binding.bind(trace.value()))
                .toList();
        return traces.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        Counted.needed("(i.id IN (SELECT x.issue_id FROM events x WHERE x.trace_id IN (%s))) IS TRUE"
                                .formatted(String.join(", ", traces))));
    }
}
