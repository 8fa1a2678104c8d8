package dev.resentry.storage.search;

import dev.resentry.model.event.EventId;
import dev.resentry.model.search.SearchDate;
import dev.resentry.model.search.SearchFault;
import dev.resentry.model.search.SearchNode;
import dev.resentry.model.search.SearchOperator;
import dev.resentry.model.search.SearchPattern;
import dev.resentry.model.search.SearchQuantity;
import dev.resentry.model.search.SearchValue;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Conditions of an expression by what it holds. An empty value is one that is missing, too. */
final class FieldConditions {
    private final SearchBinding binding;

    FieldConditions(SearchBinding binding) {
        this.binding = binding;
    }

    /** Whether an expression of a kind matches a term. */
    String matches(SearchKind kind, List<String> words, String sql, SearchNode.Term term) {
        return switch (kind) {
            case TEXT, ASSIGNEE -> text(sql, term);
            case PHRASE -> phrase(sql, term);
            case WORD -> word(sql, words, term);
            case NUMBER -> quantity(SearchQuantity.NUMBER, sql, term);
            case DURATION -> quantity(SearchQuantity.DURATION, sql, term);
            case SIZE -> quantity(SearchQuantity.SIZE, sql, term);
            case DATE -> any(term, value -> date(sql, term, value));
            case BOOLEAN -> any(term, value -> flag(sql, term, value));
            case UUID -> any(term, value -> uuid(sql, term, value));
        };
    }

    /** Whether an expression of a kind has a value. */
    static String isPresent(SearchKind kind, String sql) {
        return switch (kind) {
            case TEXT, ASSIGNEE, PHRASE, WORD -> sql + " <> ''";
            case NUMBER, DURATION, SIZE, DATE, BOOLEAN, UUID -> sql + " IS NOT NULL";
        };
    }

    /** A text has no order: what looks like a comparison is a part of it, as in {@code <anonymous>}. */
    String text(String sql, SearchNode.Term term) {
        return text(
                sql,
                term,
                equal -> equal.size() == 1
                        ? "%s = %s".formatted(sql, binding.bind(equal.getFirst()))
                        : "%s = ANY (%s)".formatted(sql, binding.bind(equal.toArray(String[]::new))));
    }

    /** Of a tag of events. Whole values are asked for in the way that days which are over have an index for. */
    String tag(String key, String sql, SearchNode.Term term) {
        return text(
                sql,
                term,
                equal -> or(equal.stream()
                        .map(value -> EventTags.hold(key, binding.bind(value)))
                        .toList()));
    }

    private String text(String sql, SearchNode.Term term, Function<List<String>, String> isOneOf) {
        List<String> equal = new ArrayList<>();
        List<String> conditions = new ArrayList<>();
        for (SearchPattern pattern : patterns(term)) {
            if (!pattern.isLiteral()) {
                conditions.add(like(sql, pattern));
            } else if (pattern.literal().isEmpty()) {
                conditions.add("coalesce(%s, '') = ''".formatted(sql));
            } else {
                equal.add(pattern.literal());
            }
        }
        if (!equal.isEmpty()) {
            conditions.add(isOneOf.apply(equal));
        }
        return or(conditions);
    }

    /** Whether a text holds what is asked for, without regard to case. */
    String phrase(String sql, SearchNode.Term term) {
        return or(patterns(term).stream().map(pattern -> phrase(sql, pattern)).toList());
    }

    String phrase(String sql, SearchPattern pattern) {
        if (!pattern.isLiteral()) {
            return like(sql, pattern.afterAnything().beforeAnything());
        }
        return pattern.literal().isEmpty()
                ? "coalesce(%s, '') = ''".formatted(sql)
                : "strpos(lower(%s), lower(%s)) > 0".formatted(sql, binding.bind(pattern.literal()));
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
        return "%s ILIKE %s".formatted(sql, binding.bind(like));
    }

    private String word(String sql, List<String> words, SearchNode.Term term) {
        if (term.operator() == SearchOperator.EQUALS) {
            for (SearchValue.One value : term.value().values()) {
                SearchPattern pattern = value.pattern();
                if (pattern.isLiteral()
                        && !pattern.literal().isEmpty()
                        && !words.contains(pattern.literal().toLowerCase(Locale.ROOT))) {
                    throw SearchFaults.value(term, value, "one of " + String.join(", ", words));
                }
            }
        }
        return text(sql, lowerCase(term));
    }

    private static SearchNode.Term lowerCase(SearchNode.Term term) {
        List<SearchValue.One> values = term.value().values().stream()
                .map(value -> new SearchValue.One(value.written().toLowerCase(Locale.ROOT), value.position()))
                .toList();
        return new SearchNode.Term(term.key(), term.operator(), new SearchValue.AnyOf(values), term.position());
    }

    /** Whether a number is as wanted, and with wildcards whether its digits are. */
    String quantity(SearchQuantity quantity, String sql, SearchNode.Term term) {
        return any(term, value -> {
            if (!value.pattern().isLiteral() && term.operator() == SearchOperator.EQUALS) {
                return like("(%s)::text".formatted(sql), value.pattern());
            }
            if (isMissing(term, value)) {
                return sql + " IS NULL";
            }
            BigDecimal number = quantity.parse(value.written())
                    .orElseThrow(() -> SearchFaults.value(term, value, quantity.expected()));
            return "%s %s %s".formatted(sql, comparison(term, value, quantity.expected()), binding.bind(number));
        });
    }

    private String date(String sql, SearchNode.Term term, SearchValue.One value) {
        if (isMissing(term, value)) {
            return sql + " IS NULL";
        }
        SearchDate date = SearchDate.parse(value.written(), binding.context().now())
                .orElseThrow(() -> SearchFaults.value(term, value, SearchDate.EXPECTED));
        if (term.operator() != SearchOperator.EQUALS) {
            return "%s %s %s"
                    .formatted(
                            sql,
                            comparison(term, value, SearchDate.EXPECTED),
                            binding.bind(date.at().atOffset(ZoneOffset.UTC)));
        }
        List<String> bounds = new ArrayList<>();
        Optional.ofNullable(date.from())
                .ifPresent(from -> bounds.add("%s >= %s".formatted(sql, binding.bind(from.atOffset(ZoneOffset.UTC)))));
        Optional.ofNullable(date.to())
                .ifPresent(to -> bounds.add("%s < %s".formatted(sql, binding.bind(to.atOffset(ZoneOffset.UTC)))));
        return "(" + String.join(" AND ", bounds) + ")";
    }

    private static String flag(String sql, SearchNode.Term term, SearchValue.One value) {
        String expected = "true or false, or 1 or 0";
        if (isMissing(term, value)) {
            return sql + " IS NULL";
        }
        requireEquality(term, value, expected);
        return switch (value.written().toLowerCase(Locale.ROOT)) {
            case "true", "1" -> sql + " IS TRUE";
            case "false", "0" -> sql + " IS FALSE";
            default -> throw SearchFaults.value(term, value, expected);
        };
    }

    private String uuid(String sql, SearchNode.Term term, SearchValue.One value) {
        String expected = "32 hex digits";
        if (isMissing(term, value)) {
            return sql + " IS NULL";
        }
        requireEquality(term, value, expected);
        EventId id = EventId.parse(value.written()).orElseThrow(() -> SearchFaults.value(term, value, expected));
        return "%s = %s".formatted(sql, binding.bind(id.value()));
    }

    private static boolean isMissing(SearchNode.Term term, SearchValue.One value) {
        return term.operator() == SearchOperator.EQUALS && value.written().isEmpty();
    }

    private static void requireEquality(SearchNode.Term term, SearchValue.One value, String expected) {
        if (term.operator() != SearchOperator.EQUALS) {
            throw SearchFaults.value(term, value, expected);
        }
    }

    static String comparison(SearchNode.Term term, SearchValue.One value, String expected) {
        return switch (term.operator()) {
            case EQUALS -> "=";
            case GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL ->
                term.operator().symbol();
            case CONTAINS, STARTS_WITH, ENDS_WITH -> throw SearchFaults.value(term, value, expected);
        };
    }

    interface OfValue {
        /** The condition of a single value. */
        String condition(SearchValue.One value) throws SearchFault;
    }

    static String any(SearchNode.Term term, OfValue of) {
        return or(term.value().values().stream().map(of::condition).toList());
    }

    static String or(List<String> conditions) {
        return conditions.size() == 1 ? conditions.getFirst() : "(" + String.join(" OR ", conditions) + ")";
    }
}
