/** Reading issues and changing their status. */
@NullMarked
package dev.resentry.storage.issue;

import org.jspecify.annotations.NullMarked;
