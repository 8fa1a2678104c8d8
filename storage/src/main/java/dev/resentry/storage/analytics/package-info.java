/** What is stored, row by row, for a copy in a database made for analytics. */
@NullMarked
package dev.resentry.storage.analytics;

import org.jspecify.annotations.NullMarked;
