/** Issues: found or made by a step of a batch, read and changed. */
@NullMarked
package dev.resentry.storage.issue;

import org.jspecify.annotations.NullMarked;
