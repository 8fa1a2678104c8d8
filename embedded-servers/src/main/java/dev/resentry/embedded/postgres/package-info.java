/** A PostgreSQL server beside this process, started and stopped by it. */
@NullMarked
package dev.resentry.embedded.postgres;

import org.jspecify.annotations.NullMarked;
