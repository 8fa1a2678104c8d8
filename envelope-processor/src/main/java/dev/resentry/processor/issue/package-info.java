/** What time does to issues. */
@NullMarked
package dev.resentry.processor.issue;

import org.jspecify.annotations.NullMarked;
