package dev.resentry.clickhouse.client;

/** A statement or its rows are not what ClickHouse takes: it would say the same again. The message may have parts of the rows. */
public final class ClickHouseRefusedException extends ClickHouseException {
    private final String code;

    ClickHouseRefusedException(String message, String code) {
        super(message, null);
        this.code = code;
    }

    /** ClickHouse's number for what is wrong. */
    public String code() {
        return code;
    }
}
