/** Issues and their status. */
@NullMarked
package dev.resentry.query.issue;

import org.jspecify.annotations.NullMarked;
