/** The tables of the copy. */
@NullMarked
package dev.resentry.clickhouse.schema;

import org.jspecify.annotations.NullMarked;
