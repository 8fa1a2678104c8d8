/** Reads JSON that strangers wrote. */
@NullMarked
package dev.resentry.model.json;

import org.jspecify.annotations.NullMarked;
