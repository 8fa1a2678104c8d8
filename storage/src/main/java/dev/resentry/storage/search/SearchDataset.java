package dev.resentry.storage.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What can be searched: a table with its fields. Whatever is no field of it is a tag, or an attribute of logs and spans. */
public final class SearchDataset {
    /** Issues {@code i}, by their own fields and those of an event of theirs. */
    public static final SearchDataset ISSUES = new SearchDataset(
            "issues",
            "i",
            "e.tags",
            "(i.title || ' ' || coalesce(i.culprit, ''))",
            joined(IssueFields.ALL, IssueFields.OWN, EventFields.all()));

    /** Events {@code e}, by their own fields and those of their issue. */
    public static final SearchDataset EVENTS = new SearchDataset(
            "events",
            "e",
            "e.tags",
            "(e.title || ' ' || coalesce(e.message, ''))",
            joined(EventFields.own(), EventFields.all(), IssueFields.ALL));

    /** Transactions {@code t}. */
    public static final SearchDataset TRANSACTIONS =
            new SearchDataset("transactions", "t", "t.tags", "t.name", TraceFields.ofTransactions());

    /** Logs {@code l}. */
    public static final SearchDataset LOGS =
            new SearchDataset("logs", "l", "l.attributes", "l.body", TraceFields.ofLogs());

    /** Spans {@code s}. */
    public static final SearchDataset SPANS =
            new SearchDataset("spans", "s", "s.data", "concat(s.description, ' ', s.op)", TraceFields.ofSpans());

    private static final List<SearchDataset> ALL = List.of(ISSUES, EVENTS, TRANSACTIONS, LOGS, SPANS);

    private final String name;
    private final String alias;
    private final String tags;
    private final String text;
    private final List<SearchField> fields;
    private final Map<String, SearchField> byName = new HashMap<>();

    private SearchDataset(String name, String alias, String tags, String text, List<SearchField> fields) {
        this.name = name;
        this.alias = alias;
        this.tags = tags;
        this.text = text;
        this.fields = List.copyOf(fields);
        for (SearchField field : fields) {
            byName.put(field.name(), field);
            field.aliases().forEach(other -> byName.put(other, field));
        }
        for (SearchField field : fields) {
            byName.putIfAbsent(plain(field.name()), field);
            field.aliases().forEach(other -> byName.putIfAbsent(plain(other), field));
        }
    }

    @SafeVarargs
    private static List<SearchField> joined(List<SearchField>... parts) {
        List<SearchField> all = new ArrayList<>();
        for (List<SearchField> part : parts) {
            all.addAll(part);
        }
        return all;
    }

    /** The dataset of a name in the API. */
    public static Optional<SearchDataset> of(String name) {
        return ALL.stream().filter(dataset -> dataset.name.equals(name)).findFirst();
    }

    /** The names of all. */
    public static List<String> names() {
        return ALL.stream().map(SearchDataset::name).toList();
    }

    public String name() {
        return name;
    }

    /** Of its table, as conditions and expressions name it. */
    public String alias() {
        return alias;
    }

    public List<SearchField> fields() {
        return fields;
    }

    /** The field of a name or alias, in any of its spellings: {@code firstSeen}, {@code first_seen}, {@code first-seen}. */
    public Optional<SearchField> field(String key) {
        return Optional.ofNullable(byName.get(key)).or(() -> Optional.ofNullable(byName.get(plain(key))));
    }

    /** The JSON object of tags or attributes. */
    public String tags() {
        return tags;
    }

    /** What words without a key are looked for in. */
    String text() {
        return text;
    }

    private static String plain(String key) {
        return key.replaceAll("[_-]", "").toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return name;
    }
}
