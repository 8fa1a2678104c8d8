package dev.resentry.storage.explore;

import static dev.resentry.storage.explore.ExploreType.STRING;

import java.util.LinkedHashMap;
import java.util.Map;

/** The columns of a dataset while they are described. */
final class ExploreColumns {
    private final Map<String, ExploreColumn> byName = new LinkedHashMap<>();

    Map<String, ExploreColumn> byName() {
        return Map.copyOf(byName);
    }

    ExploreColumns add(String name, ExploreType type, String sql) {
        byName.put(name, ExploreColumn.of(name, type, sql));
        return this;
    }

    ExploreColumns texts(String alias, String... names) {
        for (String name : names) {
            add(name, STRING, alias + "." + name);
        }
        return this;
    }

    /** What only the payload has. */
    ExploreColumns ofPayload(String payload) {
        for (String[] path : new String[][] {
            {"user.id", "user,id"},
            {"user.username", "user,username"},
            {"user.email", "user,email"},
            {"user.ip", "user,ip_address"},
            {"http.url", "request,url"}
        }) {
            add(path[0], STRING, "(%s #>> '{%s}')".formatted(payload, path[1]));
        }
        return add("user", STRING, """
            coalesce('id:' || ({p} #>> '{user,id}'), 'username:' || ({p} #>> '{user,username}'),
                     'email:' || ({p} #>> '{user,email}'), 'ip:' || ({p} #>> '{user,ip_address}'))\
            """.replace("{p}", payload));
    }
}
