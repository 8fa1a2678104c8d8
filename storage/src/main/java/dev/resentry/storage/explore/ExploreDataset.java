package dev.resentry.storage.explore;

import static dev.resentry.storage.explore.ExploreType.BOOLEAN;
import static dev.resentry.storage.explore.ExploreType.DATE;
import static dev.resentry.storage.explore.ExploreType.DURATION;
import static dev.resentry.storage.explore.ExploreType.INTEGER;
import static dev.resentry.storage.explore.ExploreType.ISSUE;
import static dev.resentry.storage.explore.ExploreType.STRING;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.storage.retention.DataKind;
import dev.resentry.storage.search.SearchDataset;
import dev.resentry.storage.search.SearchField;
import dev.resentry.storage.transaction.TransactionStatus;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What can be explored: a table with its columns, by the names that the search language has for them. */
public final class ExploreDataset {
    public static final ExploreDataset EVENTS = new ExploreDataset(
            SearchDataset.EVENTS,
            DataKind.EVENTS,
            "events e",
            "e.tags",
            List.of(new Key("e.received_at", DATE), new Key("e.event_id", ExploreType.UUID)),
            null,
            "e.user_hash",
            List.of("environment", "release", "level", "transaction"),
            List.of("user", "browser.name", "os.name", "http.url"),
            columns -> columns.add("id", STRING, "replace(e.event_id::text, '-', '')")
                    .add("timestamp", DATE, "e.occurred_at")
                    .add("issue", ISSUE, "p.slug || '/' || e.issue_id")
                    .add("issue.id", INTEGER, "e.issue_id")
                    .texts(
                            "e",
                            "level",
                            "title",
                            "culprit",
                            "message",
                            "platform",
                            "release",
                            "environment",
                            "transaction")
                    .add("error.type", STRING, "e.error_type")
                    .add("error.handled", BOOLEAN, "e.handled")
                    .add("browser.name", STRING, context("browser.name"))
                    .add("os.name", STRING, context("os.name"))
                    .ofPayload("e.payload"));

    public static final ExploreDataset TRANSACTIONS = new ExploreDataset(
            SearchDataset.TRANSACTIONS,
            DataKind.TRANSACTIONS,
            "transactions t",
            "t.tags",
            List.of(
                    new Key("t.received_at", DATE),
                    new Key("t.project_id", INTEGER),
                    new Key("t.event_id", ExploreType.UUID)),
            TransactionStatus.failed("t.status"),
            null,
            List.of("transaction", "transaction.status", "environment", "release", "http.method", "http.status_code"),
            List.of("user", "browser.name"),
            columns -> columns.add("id", STRING, "replace(t.event_id::text, '-', '')")
                    .add("timestamp", DATE, "t.ended_at")
                    .add("transaction", STRING, "t.name")
                    .add("transaction.status", STRING, "t.status")
                    .add("transaction.duration", DURATION, "t.duration_ms")
                    .texts("t", "platform", "release", "environment")
                    .add("http.method", STRING, "t.http_method")
                    .add("browser.name", STRING, "(t.payload #>> '{contexts,browser,name}')")
                    .add("http.status_code", INTEGER, "t.http_status::bigint")
                    .add("span_count", INTEGER, "t.span_count::bigint")
                    .ofPayload("t.payload"));

    public static final ExploreDataset SPANS = new ExploreDataset(
            SearchDataset.SPANS,
            DataKind.TRANSACTIONS,
            "spans s",
            "s.data",
            List.of(
                    new Key("s.received_at", DATE),
                    new Key("s.envelope_id", ExploreType.UUID),
                    new Key("s.position", INTEGER),
                    new Key("s.index", INTEGER)),
            TransactionStatus.failed("s.status"),
            null,
            List.of("span.op", "span.status", "transaction", "environment", "release"),
            List.of(),
            columns -> columns.add("id", STRING, "s.span_id")
                    .add("timestamp", DATE, "s.started_at")
                    .add("span.op", STRING, "s.op")
                    .add("span.status", STRING, "s.status")
                    .add("span.duration", DURATION, "s.duration_ms")
                    .add("transaction", STRING, ofTransaction("name"))
                    .add("release", STRING, ofTransaction("release"))
                    .add("environment", STRING, ofTransaction("environment")));

    public static final ExploreDataset LOGS = new ExploreDataset(
            SearchDataset.LOGS,
            DataKind.LOGS,
            "logs l",
            "l.attributes",
            List.of(
                    new Key("l.received_at", DATE),
                    new Key("l.envelope_id", ExploreType.UUID),
                    new Key("l.position", INTEGER),
                    new Key("l.index", INTEGER)),
            null,
            null,
            List.of("level", "environment", "release", "sdk.name"),
            List.of(),
            columns -> columns.add(
                            "id",
                            STRING,
                            "replace(l.envelope_id::text, '-', '') || '-' || l.position || '-' || l.index")
                    .add("timestamp", DATE, "l.occurred_at")
                    .texts("l", "level", "environment", "release")
                    .add("severity_number", INTEGER, "l.severity_number::bigint")
                    .add("sdk.name", STRING, "l.sdk_name"));

    /** What the names of measurements begin with. */
    public static final String MEASUREMENTS = "measurements.";

    /** Two brackets with a key in them, and what its values are to be taken for. */
    private static final Pattern TAG =
            Pattern.compile("(?:tags|attributes)\\[([^\\[\\],]{1,200})(?:,\\s*(number|string))?\\]");

    private static final Pattern MEASUREMENT = Pattern.compile("measurements[.\\[]([A-Za-z0-9_.-]{1,100})\\]?");
    private static final Pattern BARE = Pattern.compile("[\\p{L}\\p{N}_.:/-]{1,200}");

    private static final List<ExploreDataset> ALL = List.of(EVENTS, TRANSACTIONS, SPANS, LOGS);

    private final SearchDataset search;
    private final DataKind kind;
    private final String from;
    private final String tags;
    private final List<Key> key;
    private final @Nullable String failed;
    private final @Nullable String userHash;
    private final List<String> facets;
    private final List<String> payloadFacets;
    private final Map<String, ExploreColumn> columns;

    /** A part of what tells rows apart, in the order of the index that gives them newest first. */
    public record Key(String sql, ExploreType type) {}

    private ExploreDataset(
            SearchDataset search,
            DataKind kind,
            String from,
            String tags,
            List<Key> key,
            @Nullable String failed,
            @Nullable String userHash,
            List<String> facets,
            List<String> payloadFacets,
            UnaryOperator<ExploreColumns> described) {
        this.search = search;
        this.kind = kind;
        this.from = from;
        this.tags = tags;
        this.key = key;
        this.failed = failed;
        this.userHash = userHash;
        this.facets = facets;
        this.payloadFacets = payloadFacets;
        String alias = from.substring(from.indexOf(' ') + 1);
        ExploreColumns common = new ExploreColumns()
                .add("received", DATE, alias + ".received_at")
                .add("project", STRING, "p.slug")
                .add("project.id", INTEGER, alias + ".project_id");
        this.columns = described.apply(common).byName();
    }

    /**
     * The dataset of a word of the API.
     *
     * @throws ExploreFault if there is none
     */
    public static ExploreDataset of(String word) {
        return ALL.stream()
                .filter(known -> known.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new ExploreFault(
                        "dataset",
                        "'%s' (expected: %s)"
                                .formatted(
                                        word,
                                        ALL.stream().map(ExploreDataset::word).collect(Collectors.joining(", ")))));
    }

    public String word() {
        return search.name();
    }

    /** Whose days of retention count for it. */
    public DataKind kind() {
        return kind;
    }

    /** What the search language has for it. */
    public SearchDataset search() {
        return search;
    }

    String from() {
        return from;
    }

    /** The JSON object of tags or attributes. */
    public String tags() {
        return tags;
    }

    public List<Key> key() {
        return key;
    }

    /** Of its table, as expressions name it. */
    public String alias() {
        return from.substring(from.indexOf(' ') + 1);
    }

    /** When rows arrived, by which their partitions are told apart. */
    String arrival() {
        return key.getFirst().sql();
    }

    /** The condition that a row is a failure; null if none can be. */
    public @Nullable String failed() {
        return failed;
    }

    /** The columns whose values are counted, the most telling first. */
    List<String> facets() {
        return facets;
    }

    /** Those that only payloads have. */
    List<String> payloadFacets() {
        return payloadFacets;
    }

    /** All of its own columns by their names. */
    public Map<String, ExploreColumn> columns() {
        return columns;
    }

    ExploreColumn known(String name) {
        return Optional.ofNullable(columns.get(name)).orElseThrow(() -> new IllegalArgumentException(name));
    }

    /** Who is counted as one user. */
    public ExploreColumn user() {
        return userHash == null ? tagOr("user") : ExploreColumn.of("user", INTEGER, userHash);
    }

    private ExploreColumn tagOr(String name) {
        ExploreColumn column = columns.get(name);
        return column == null ? tag(name) : column;
    }

    /**
     * A column by its name.
     *
     * @param text the whole of which the name is a part
     * @param position of the name in the text
     * @throws ExploreFault if it is no name
     */
    ExploreColumn column(String parameter, String text, String name, int position) {
        ExploreColumn known = columns.get(name);
        if (known != null) {
            return known;
        }
        Optional<ExploreColumn> searched = search.field(name).flatMap(field -> searched(name, field));
        if (searched.isPresent()) {
            return searched.get();
        }
        Matcher tag = TAG.matcher(name);
        if (tag.matches() && isKey(tag.group(1))) {
            ExploreColumn texts = tag(tag.group(1));
            return "number".equals(tag.group(2)) ? Objects.requireNonNull(texts.asNumber()) : texts;
        }
        Matcher measurement = MEASUREMENT.matcher(name);
        if (this == TRANSACTIONS && measurement.matches()) {
            return measurement(measurement.group(1));
        }
        if (!BARE.matcher(name).matches()) {
            Matcher begin = BARE.matcher(name);
            int at = begin.lookingAt() ? begin.end() : 0;
            throw ExploreFault.at(parameter, text, position + at, "the name of a column or tags[key]");
        }
        return tag(name);
    }

    /** A field that the search language has, if it has one value. */
    private static Optional<ExploreColumn> searched(String name, SearchField field) {
        return field.expression().map(sql -> {
            String ofRow = field.ofIssue() ? "(SELECT %s FROM issues i WHERE i.id = e.issue_id)".formatted(sql) : sql;
            return switch (field.kind()) {
                case TEXT, PHRASE, WORD, ASSIGNEE -> ExploreColumn.of(name, STRING, ofRow);
                case NUMBER, SIZE -> ExploreColumn.of(name, ExploreType.NUMBER, ofRow + "::float8");
                case DURATION -> ExploreColumn.of(name, DURATION, ofRow + "::float8");
                case DATE -> ExploreColumn.of(name, DATE, ofRow);
                case BOOLEAN -> ExploreColumn.of(name, BOOLEAN, ofRow);
                case UUID -> ExploreColumn.of(name, STRING, "replace((%s)::text, '-', '')".formatted(ofRow));
            };
        });
    }

    private static boolean isKey(String key) {
        return key.chars().noneMatch(Character::isISOControl);
    }

    ExploreColumn tag(String key) {
        String parameter = parameterOf(key);
        return new ExploreColumn(key, STRING, "(%s ->> :%s)".formatted(tags, parameter), Map.of(parameter, key), true);
    }

    private static ExploreColumn measurement(String key) {
        String parameter = parameterOf(key);
        String sql = ExploreColumn.number("t.measurements -> :%s ->> 'value'".formatted(parameter));
        return new ExploreColumn(MEASUREMENTS + key, ExploreType.NUMBER, sql, Map.of(parameter, key), false);
    }

    /** The same key has the same parameter, and no other. */
    private static String parameterOf(String key) {
        return "k" + HexFormat.of().formatHex(key.getBytes(UTF_8));
    }

    /** What the context says, or else the tag of the same name. */
    private static String context(String key) {
        return "coalesce(e.payload #>> '{contexts,%s}', e.tags ->> '%s')".formatted(key.replace('.', ','), key);
    }

    private static String ofTransaction(String column) {
        return """
            (SELECT t.%s FROM transactions t
             WHERE t.received_at = s.received_at AND t.project_id = s.project_id AND t.event_id = s.transaction_id)\
            """.formatted(column);
    }
}
