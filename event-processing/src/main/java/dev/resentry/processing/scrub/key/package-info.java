/** Which names of fields speak of secrets. */
@NullMarked
package dev.resentry.processing.scrub.key;

import org.jspecify.annotations.NullMarked;
