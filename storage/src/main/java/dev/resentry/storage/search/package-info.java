/**
 * The search language as SQL: a tree of {@code model.search} and a dataset become a condition with parameters. Nothing that was
 * written in a query is ever a part of the SQL itself, neither values nor keys.
 */
@NullMarked
package dev.resentry.storage.search;

import org.jspecify.annotations.NullMarked;
