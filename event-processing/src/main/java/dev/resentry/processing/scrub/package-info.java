/** Takes secrets and personal data out of events, by the names of fields and by what values look like. */
@NullMarked
package dev.resentry.processing.scrub;

import org.jspecify.annotations.NullMarked;
