package dev.resentry.storage.explore;

import dev.resentry.storage.search.BoundedReads;
import dev.resentry.storage.search.SearchCompiler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Counts the values that matches have, of columns and of the tags that most of them have. */
public final class ExploreFacetQueries {
    /** Of more matches those are looked at that came last. */
    static final int MOST_ROWS = 10_000;

    /** Payloads are large; of what only they have, fewer are read. */
    static final int MOST_PAYLOADS = 2_000;

    private static final int MOST_KEYS = 8;
    private static final int MOST_VALUES = 5;

    /** Of so few matches every tag is told. */
    private static final int FEW = 10;

    /** A tag whose every value is another, such as an id, says nothing of many. */
    private static final String FACETS = """
        WITH found AS MATERIALIZED ({rows} LIMIT :most::integer + 1),
        matches AS (SELECT * FROM found LIMIT :most::integer),
        pairs AS ({pairs}),
        counted AS (SELECT key, value, count(*) AS n FROM pairs WHERE value <> '' GROUP BY key, value),
        keys AS (SELECT key, sum(n)::bigint AS n, count(*) AS distinct_values FROM counted GROUP BY key),
        chosen AS (
            SELECT key, n FROM keys
            WHERE key = ANY (:known) OR distinct_values < n OR n <= :few
            ORDER BY key = ANY (:known) DESC, n DESC, key
            LIMIT :most_keys),
        ranked AS (
            SELECT c.key, c.value, c.n, k.n AS of_key, row_number() OVER (PARTITION BY c.key ORDER BY c.n DESC, c.value) AS rank
            FROM counted c JOIN chosen k ON k.key = c.key)
        SELECT (SELECT count(*) FROM found) AS found, r.key, r.value, r.n, r.of_key
        FROM (SELECT) AS one
        LEFT JOIN ranked r ON r.rank <= :most_values
        ORDER BY r.of_key DESC, r.key, r.rank
        """;

    private final JdbcClient jdbc;
    private final SearchCompiler compiler;
    private final BoundedReads reads;

    public ExploreFacetQueries(JdbcClient jdbc, SearchCompiler compiler, BoundedReads reads) {
        this.jdbc = jdbc;
        this.compiler = compiler;
        this.reads = reads;
    }

    private record Counted(long found, @Nullable String key, String value, long count, long ofKey) {}

    private record Sample(long found, List<ExploreFacets.Facet> facets) {}

    /** The facets of a filter: 8 keys with 5 values each, at most. */
    public ExploreFacets facets(ExploreFilter filter, Duration within) {
        ExploreDataset dataset = filter.dataset();
        Sample columns = sample(filter, dataset.facets(), true, MOST_ROWS, within);
        List<ExploreFacets.Facet> facets = new ArrayList<>(columns.facets());
        if (!dataset.payloadFacets().isEmpty() && columns.found() > 0) {
            facets.addAll(sample(filter, dataset.payloadFacets(), false, MOST_PAYLOADS, within)
                    .facets());
        }
        List<String> order = Stream.concat(dataset.facets().stream(), dataset.payloadFacets().stream())
                .toList();
        List<ExploreFacets.Facet> chosen = Stream.concat(
                        order.stream()
                                .flatMap(key -> facets.stream()
                                        .filter(facet -> facet.key().equals(key))),
                        facets.stream().filter(facet -> !order.contains(facet.key())))
                .limit(MOST_KEYS)
                .toList();
        return new ExploreFacets(Math.min(columns.found(), MOST_ROWS), columns.found() > MOST_ROWS, chosen);
    }

    private Sample sample(ExploreFilter filter, List<String> columns, boolean withTags, int most, Duration within) {
        ExploreDataset dataset = filter.dataset();
        var statement = new ExploreStatement(filter, compiler);
        List<String> values = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            statement.select(dataset.known(columns.get(i)), "c" + i);
            values.add("('%s', m.c%d::text)".formatted(columns.get(i), i));
        }
        List<String> pairs = new ArrayList<>(
                List.of("SELECT v.key, v.value FROM matches m CROSS JOIN LATERAL (VALUES %s) AS v(key, value)"
                        .formatted(String.join(", ", values))));
        if (withTags) {
            statement.select(dataset.tags(), "tags");
            pairs.add("SELECT v.key, v.value FROM matches m CROSS JOIN LATERAL jsonb_each_text(m.tags) AS v"
                    + " WHERE NOT v.key = ANY (:known)");
        }
        String newest = statement.rows() + statement.byArrival(true);
        String sql = FACETS.replace("{rows}", newest).replace("{pairs}", String.join(" UNION ALL ", pairs));
        statement
                .set("most", most)
                .set(
                        "known",
                        Stream.concat(columns.stream(), dataset.payloadFacets().stream())
                                .toArray(String[]::new))
                .set("few", FEW)
                .set("most_keys", MOST_KEYS + columns.size())
                .set("most_values", MOST_VALUES);
        List<Counted> counted = reads.within(
                within,
                () -> jdbc.sql(sql)
                        .params(statement.parameters())
                        .query((row, _) -> new Counted(
                                row.getLong("found"),
                                row.getString("key"),
                                row.getString("value"),
                                row.getLong("n"),
                                row.getLong("of_key")))
                        .list());
        long found = counted.getFirst().found();
        long rows = Math.min(found, most);
        Map<String, List<Counted>> byKey = counted.stream()
                .filter(one -> one.key() != null)
                .collect(Collectors.groupingBy(Counted::key, LinkedHashMap::new, Collectors.toList()));
        return new Sample(
                found,
                byKey.entrySet().stream()
                        .map(entry -> new ExploreFacets.Facet(
                                entry.getKey(),
                                rows,
                                Math.max(0, rows - entry.getValue().getFirst().ofKey()),
                                entry.getValue().stream()
                                        .map(one -> new ExploreFacets.Value(one.value(), one.count()))
                                        .toList()))
                        .toList());
    }
}
