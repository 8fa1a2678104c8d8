/** What the address of an installation shows to whoever opens it. */
@NullMarked
package dev.resentry.query.start;

import org.jspecify.annotations.NullMarked;
