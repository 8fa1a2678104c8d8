package dev.resentry.clickhouse.client;

import org.jspecify.annotations.Nullable;

/** ClickHouse is away, is too slow, or refuses something. */
public class ClickHouseException extends RuntimeException {
    ClickHouseException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
