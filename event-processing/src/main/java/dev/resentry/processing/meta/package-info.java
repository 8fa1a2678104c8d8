/** What an event says about what was changed in it: {@code _meta} and {@code errors}. */
@NullMarked
package dev.resentry.processing.meta;

import org.jspecify.annotations.NullMarked;
