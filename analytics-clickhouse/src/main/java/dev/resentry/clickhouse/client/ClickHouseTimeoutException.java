package dev.resentry.clickhouse.client;

import org.jspecify.annotations.Nullable;

/** A statement took longer than it may. */
public final class ClickHouseTimeoutException extends ClickHouseException {
    ClickHouseTimeoutException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
