/** What issues are made of. */
@NullMarked
package dev.resentry.model.issue;

import org.jspecify.annotations.NullMarked;
