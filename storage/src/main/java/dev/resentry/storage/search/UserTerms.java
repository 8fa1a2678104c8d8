package dev.resentry.storage.search;

import dev.resentry.model.search.SearchNode;
import dev.resentry.model.search.SearchValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Whom it happened to: {@code user:id:7}, or a value that any of its fields has.
 *
 * @param payload the payload
 */
record UserTerms(String payload) implements SearchTerms {
    /** What stands before the second colon, and the field of the user. */
    private static final Map<String, String> FIELDS = fields();

    private static Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("id", "id");
        fields.put("email", "email");
        fields.put("username", "username");
        fields.put("ip", "ip_address");
        return fields;
    }

    @Override
    public String matches(SearchNode.Term term, SearchBinding binding) {
        return FieldConditions.any(term, value -> one(term, value, binding));
    }

    private String one(SearchNode.Term term, SearchValue.One value, SearchBinding binding) {
        var conditions = new FieldConditions(binding);
        int colon = value.written().indexOf(':');
        if (colon > 0 && FIELDS.containsKey(value.written().substring(0, colon))) {
            String field = FIELDS.getOrDefault(value.written().substring(0, colon), "id");
            return conditions.text(sql(field), with(term, value.written().substring(colon + 1), value.position()));
        }
        if (value.written().isEmpty()) {
            return "(%s) IS NOT TRUE".formatted(isPresent(binding));
        }
        SearchNode.Term single = with(term, value.written(), value.position());
        return anyField(FieldConditions.or(FIELDS.values().stream()
                .map(field -> conditions.text(ofUser(field), single))
                .toList()));
    }

    private static SearchNode.Term with(SearchNode.Term term, String written, int position) {
        return new SearchNode.Term(
                term.key(),
                term.operator(),
                new SearchValue.AnyOf(List.of(new SearchValue.One(written, position))),
                term.position());
    }

    private String sql(String field) {
        return "(%s #>> '{user,%s}')".formatted(payload, field);
    }

    @Override
    public String isPresent(SearchBinding binding) {
        return anyField(
                FIELDS.values().stream().map(field -> ofUser(field) + " <> ''").collect(Collectors.joining(" OR ")));
    }

    /** Reads the payload once for all fields: to make JSONB of it is most of the work. */
    private String anyField(String condition) {
        return "EXISTS (SELECT FROM (SELECT %s -> 'user' AS fields OFFSET 0) AS seen WHERE %s)"
                .formatted(payload, condition);
    }

    private static String ofUser(String field) {
        return "(seen.fields ->> '%s')".formatted(field);
    }
}
