/** How ClickHouse is reached: its HTTP interface. */
@NullMarked
package dev.resentry.clickhouse.client;

import org.jspecify.annotations.NullMarked;
