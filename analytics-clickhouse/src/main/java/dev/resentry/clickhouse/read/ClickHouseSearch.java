package dev.resentry.clickhouse.read;

import dev.resentry.model.event.EventId;
import dev.resentry.model.search.SearchDate;
import dev.resentry.model.search.SearchKey;
import dev.resentry.model.search.SearchNode;
import dev.resentry.model.search.SearchOperator;
import dev.resentry.model.search.SearchPattern;
import dev.resentry.model.search.SearchQuantity;
import dev.resentry.model.search.SearchValue;
import dev.resentry.storage.analytics.AnalyticsColumn;
import dev.resentry.storage.analytics.AnalyticsTable;
import dev.resentry.storage.search.SearchField;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Makes conditions on the copy of queries of the search language. What needs another table, or elements of a payload, has no answer here,
 * and neither has what is wrong: PostgreSQL says so with its place.
 */
final class ClickHouseSearch {
    private static final List<String> USER = List.of("user_id", "user_email", "user_username", "user_ip");
    private static final String LATEST = "latest";

    /** As PostgreSQL takes a tag for a number in a search. */
    private static final String NUMBER = "^[+-]?[0-9]{1,30}([.][0-9]{0,30})?$";

    private final AnalyticsTable table;
    private final ClickHouseParameters parameters;
    private final ClickHouseColumns columns;
    private final Instant now;

    ClickHouseSearch(AnalyticsTable table, ClickHouseParameters parameters, ClickHouseColumns columns, Instant now) {
        this.table = table;
        this.parameters = parameters;
        this.columns = columns;
        this.now = now;
    }

    /**
     * The condition of a query; null counts as false.
     *
     * @throws UnansweredException if the copy has not what it takes
     */
    String condition(SearchNode node) {
        return switch (node) {
            case SearchNode.Everything() -> "true";
            case SearchNode.And(List<SearchNode> parts) ->
                parts.stream().map(this::condition).collect(Collectors.joining(" AND ", "(", ")"));
            case SearchNode.Or(List<SearchNode> parts) ->
                parts.stream().map(this::condition).collect(Collectors.joining(" OR ", "(", ")"));
            case SearchNode.Not(SearchNode part) -> "(NOT ifNull(%s, false))".formatted(condition(part));
            case SearchNode.Text text -> words(text);
            case SearchNode.Has has -> has(has);
            case SearchNode.Term term -> term(term);
        };
    }

    private String words(SearchNode.Text text) {
        List<String> conditions = new ArrayList<>();
        String searched = switch (table.name()) {
            case "events" -> "concat(ifNull(title, ''), ' ', ifNull(message, ''))";
            case "transactions" -> "`transaction`";
            case "spans" -> "concat(ifNull(span_description, ''), ' ', ifNull(span_op, ''))";
            default -> "message";
        };
        conditions.add(phrase(searched, text.pattern()));
        if (table == AnalyticsTable.EVENTS) {
            EventId.parse(text.words()).ifPresent(id -> conditions.add("event_id = " + uuid(id)));
        }
        return or(conditions);
    }

    private String has(SearchNode.Has has) {
        SearchKey key = has.key();
        Optional<SearchField> field = field(key);
        if (field.isEmpty()) {
            return columns.tag(plainTag(key)) + " <> ''";
        }
        if (field.get().name().equals("user") && hasUser()) {
            return or(USER.stream().map(name -> "`%s` <> ''".formatted(name)).toList());
        }
        AnalyticsColumn column = column(field.get());
        return switch (field.get().kind()) {
            case TEXT, ASSIGNEE, PHRASE, WORD -> ClickHouseColumns.name(column) + " <> ''";
            case NUMBER, DURATION, SIZE, DATE, BOOLEAN, UUID -> ClickHouseColumns.name(column) + " IS NOT NULL";
        };
    }

    private String term(SearchNode.Term term) {
        SearchKey key = term.key();
        Optional<SearchField> field = field(key);
        if (field.isEmpty()) {
            return key.kind() == SearchKey.Kind.NUMBER_TAG
                    ? quantity(SearchQuantity.NUMBER, number(columns.tag(key.name())), term)
                    : text(columns.tag(plainTag(key)), term);
        }
        SearchField known = field.get();
        if (known.name().equals("user") && hasUser()) {
            return or(term.value().values().stream()
                    .map(value -> user(term, value))
                    .toList());
        }
        String sql = ClickHouseColumns.name(column(known));
        if (known.name().equals("release")
                && term.value().values().stream()
                        .anyMatch(value -> value.written().equals(LATEST))) {
            throw new UnansweredException("release:latest");
        }
        return switch (known.kind()) {
            case TEXT, ASSIGNEE -> text(sql, term);
            case PHRASE ->
                or(patterns(term).stream().map(pattern -> phrase(sql, pattern)).toList());
            case WORD -> text(sql, words(known, term));
            case NUMBER -> quantity(SearchQuantity.NUMBER, sql, term);
            case DURATION -> quantity(SearchQuantity.DURATION, sql, term);
            case SIZE -> quantity(SearchQuantity.SIZE, sql, term);
            case DATE -> any(term, value -> date(sql, term, value));
            case BOOLEAN -> any(term, value -> flag(sql, term, value));
            case UUID -> any(term, value -> uuid(sql, term, value));
        };
    }

    private Optional<SearchField> field(SearchKey key) {
        return key.kind() == SearchKey.Kind.NAME ? table.dataset().search().field(key.name()) : Optional.empty();
    }

    private AnalyticsColumn column(SearchField field) {
        // It has terms of its own for the newest one, and is a column for all others.
        if (field.name().equals("release") && table.dataset().columns().containsKey("release")) {
            return table.column("release");
        }
        return table.ofField(field).orElseThrow(() -> new UnansweredException(field.name()));
    }

    private static String plainTag(SearchKey key) {
        return switch (key.kind()) {
            case NAME, TAG -> key.name();
            case NUMBER_TAG, FLAG, AGGREGATE -> throw new UnansweredException(key.toString());
        };
    }

    private boolean hasUser() {
        return table == AnalyticsTable.EVENTS || table == AnalyticsTable.TRANSACTIONS;
    }

    private String user(SearchNode.Term term, SearchValue.One value) {
        int colon = value.written().indexOf(':');
        String field = "user_" + (colon > 0 ? value.written().substring(0, colon) : "");
        if (USER.contains(field)) {
            return text("`%s`".formatted(field), with(term, value.written().substring(colon + 1)));
        }
        if (value.written().isEmpty()) {
            return USER.stream()
                    .map(name -> "ifNull(`%s`, '') = ''".formatted(name))
                    .collect(Collectors.joining(" AND ", "(", ")"));
        }
        SearchNode.Term single = with(term, value.written());
        return or(
                USER.stream().map(name -> text("`%s`".formatted(name), single)).toList());
    }

    private static SearchNode.Term with(SearchNode.Term term, String written) {
        return new SearchNode.Term(
                term.key(),
                term.operator(),
                new SearchValue.AnyOf(List.of(new SearchValue.One(written, term.position()))),
                term.position());
    }

    /** In lower case; one that there is not is a fault. */
    private static SearchNode.Term words(SearchField field, SearchNode.Term term) {
        List<SearchValue.One> values = term.value().values().stream()
                .map(value -> new SearchValue.One(value.written().toLowerCase(Locale.ROOT), value.position()))
                .toList();
        for (SearchValue.One value : values) {
            if (term.operator() == SearchOperator.EQUALS
                    && value.pattern().isLiteral()
                    && !value.written().isEmpty()
                    && !field.words().contains(value.pattern().literal())) {
                throw new UnansweredException(value.written());
            }
        }
        return new SearchNode.Term(term.key(), term.operator(), new SearchValue.AnyOf(values), term.position());
    }

    private String text(String sql, SearchNode.Term term) {
        List<String> equal = new ArrayList<>();
        List<String> conditions = new ArrayList<>();
        for (SearchPattern pattern : patterns(term)) {
            if (!pattern.isLiteral()) {
                conditions.add(like(sql, pattern));
            } else if (pattern.literal().isEmpty()) {
                conditions.add("ifNull(%s, '') = ''".formatted(sql));
            } else {
                equal.add(pattern.literal());
            }
        }
        if (!equal.isEmpty()) {
            conditions.add("%s IN %s".formatted(sql, parameters.bind("Array(String)", equal)));
        }
        return or(conditions);
    }

    private String phrase(String sql, SearchPattern pattern) {
        if (!pattern.isLiteral()) {
            return like(sql, pattern.afterAnything().beforeAnything());
        }
        return pattern.literal().isEmpty()
                ? "ifNull(%s, '') = ''".formatted(sql)
                : "position(lowerUTF8(%s), lowerUTF8(%s)) > 0"
                        .formatted(sql, parameters.bind("String", pattern.literal()));
    }

    private static List<SearchPattern> patterns(SearchNode.Term term) {
        SearchOperator operator = term.operator();
        return term.value().values().stream()
                .map(value -> switch (operator) {
                    case EQUALS -> value.pattern();
                    case CONTAINS -> value.pattern().afterAnything().beforeAnything();
                    case STARTS_WITH -> value.pattern().beforeAnything();
                    case ENDS_WITH -> value.pattern().afterAnything();
                    case GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL ->
                        SearchPattern.of(operator.symbol() + value.written());
                })
                .toList();
    }

    private String like(String sql, SearchPattern pattern) {
        String like = pattern.literals().stream()
                .map(literal -> literal.replaceAll("[\\\\%_]", "\\\\$0"))
                .collect(Collectors.joining("%"));
        return "%s ILIKE %s".formatted(sql, parameters.bind("String", like));
    }

    private String number(String text) {
        return "if(match(ifNull(%1$s, ''), %2$s), toFloat64OrNull(%1$s), NULL)"
                .formatted(text, parameters.bind("String", NUMBER));
    }

    private String quantity(SearchQuantity quantity, String sql, SearchNode.Term term) {
        return any(term, value -> {
            if (isMissing(term, value)) {
                return sql + " IS NULL";
            }
            if (!value.pattern().isLiteral()) {
                throw new UnansweredException(value.written());
            }
            return quantity.parse(value.written())
                    .map(number -> "%s %s %s".formatted(sql, comparison(term), parameters.bind("Float64", number)))
                    .orElseThrow(() -> new UnansweredException(value.written()));
        });
    }

    private String date(String sql, SearchNode.Term term, SearchValue.One value) {
        if (isMissing(term, value)) {
            return sql + " IS NULL";
        }
        SearchDate date =
                SearchDate.parse(value.written(), now).orElseThrow(() -> new UnansweredException(value.written()));
        if (term.operator() != SearchOperator.EQUALS) {
            return "%s %s %s".formatted(sql, comparison(term), time(parameters, date.at()));
        }
        List<String> bounds = new ArrayList<>();
        Optional.ofNullable(date.from())
                .ifPresent(from -> bounds.add("%s >= %s".formatted(sql, time(parameters, from))));
        Optional.ofNullable(date.to()).ifPresent(to -> bounds.add("%s < %s".formatted(sql, time(parameters, to))));
        return "(" + String.join(" AND ", bounds) + ")";
    }

    static String time(ClickHouseParameters parameters, Instant at) {
        return "parseDateTime64BestEffort(%s, 6, 'UTC')".formatted(parameters.bind("String", at.toString()));
    }

    private static String flag(String sql, SearchNode.Term term, SearchValue.One value) {
        if (isMissing(term, value)) {
            return sql + " IS NULL";
        }
        requireEquality(term);
        return switch (value.written().toLowerCase(Locale.ROOT)) {
            case "true", "1" -> sql + " = true";
            case "false", "0" -> sql + " = false";
            default -> throw new UnansweredException(value.written());
        };
    }

    private String uuid(String sql, SearchNode.Term term, SearchValue.One value) {
        if (isMissing(term, value)) {
            return sql + " IS NULL";
        }
        requireEquality(term);
        return EventId.parse(value.written())
                .map(id -> "%s = %s".formatted(sql, uuid(id)))
                .orElseThrow(() -> new UnansweredException(value.written()));
    }

    private String uuid(EventId id) {
        return "toUUID(%s)".formatted(parameters.bind("String", id.value().toString()));
    }

    private static boolean isMissing(SearchNode.Term term, SearchValue.One value) {
        return term.operator() == SearchOperator.EQUALS && value.written().isEmpty();
    }

    private static void requireEquality(SearchNode.Term term) {
        if (term.operator() != SearchOperator.EQUALS) {
            throw new UnansweredException(term.operator().name());
        }
    }

    private static String comparison(SearchNode.Term term) {
        return switch (term.operator()) {
            case EQUALS -> "=";
            case GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL ->
                term.operator().symbol();
            case CONTAINS, STARTS_WITH, ENDS_WITH ->
                throw new UnansweredException(term.operator().name());
        };
    }

    private static String any(SearchNode.Term term, Function<SearchValue.One, String> condition) {
        return or(term.value().values().stream().map(condition).toList());
    }

    private static String or(List<String> conditions) {
        return conditions.stream().collect(Collectors.joining(" OR ", "(", ")"));
    }
}
