/** Imports from another Sentry-compatible server: asking for them, and doing them. */
@NullMarked
package dev.resentry.query.importing;

import org.jspecify.annotations.NullMarked;
