package dev.resentry.storage.search;

import static dev.resentry.storage.search.SearchField.computed;

import java.util.List;

/** The fields of whom something happened to. */
final class UserFields {
    private UserFields() {}

    static List<SearchField> of(String payload) {
        return List.of(
                computed(SearchKind.TEXT, new UserTerms(payload), "user"),
                field(payload, "id", "user.id"),
                field(payload, "email", "user.email"),
                field(payload, "username", "user.username"),
                field(payload, "ip_address", "user.ip"));
    }

    private static SearchField field(String payload, String field, String name) {
        return SearchField.column(SearchKind.TEXT, "(%s #>> '{user,%s}')".formatted(payload, field), name);
    }
}
