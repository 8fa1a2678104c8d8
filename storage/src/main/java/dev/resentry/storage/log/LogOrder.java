package dev.resentry.storage.log;

/** How a list of logs goes. */
public enum LogOrder {
    NEWEST_FIRST("DESC", "<"),
    OLDEST_FIRST("ASC", ">");

    private final String direction;
    private final String behind;

    LogOrder(String direction, String behind) {
        this.direction = direction;
        this.behind = behind;
    }

    String direction() {
        return direction;
    }

    /** The comparison by which something stands behind something else. */
    String behind() {
        return behind;
    }
}
