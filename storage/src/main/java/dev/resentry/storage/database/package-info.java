/** How PostgreSQL is reached, and its schema. */
@NullMarked
package dev.resentry.storage.database;

import org.jspecify.annotations.NullMarked;
