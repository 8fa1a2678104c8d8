/** Questions that the copy answers. */
@NullMarked
package dev.resentry.clickhouse.read;

import org.jspecify.annotations.NullMarked;
