package dev.resentry.storage.suggest;

/** A table of which the newest rows are looked at. */
public enum SampledTable {
    ISSUES("issues i", "i", "last_seen", "'{}'::jsonb"),
    EVENTS("events e", "e", "received_at", "e.tags"),
    TRANSACTIONS("transactions t", "t", "received_at", "t.tags"),
    LOGS("logs l", "l", "received_at", "l.attributes"),
    SPANS("spans s", "s", "received_at", "s.data");

    private final String from;
    private final String alias;
    private final String time;
    private final String tags;

    SampledTable(String from, String alias, String time, String tags) {
        this.from = from;
        this.alias = alias;
        this.time = time;
        this.tags = tags;
    }

    /** The JSON object of what is searched by as tags. */
    String tags() {
        return tags;
    }

    /** The newest rows of some projects, under the table's alias. */
    String newest(int most) {
        return """
                (SELECT %2$s.* FROM %1$s WHERE %2$s.%3$s >= :since {visible} ORDER BY %2$s.%3$s DESC LIMIT %4$d) AS %2$s
                """.formatted(from, alias, time, most);
    }

    String project() {
        return alias + ".project_id";
    }
}
