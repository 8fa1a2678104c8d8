/** From topic {@code events} and PostgreSQL to the copy. */
@NullMarked
package dev.resentry.clickhouse.sink;

import org.jspecify.annotations.NullMarked;
