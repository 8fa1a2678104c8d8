/** JSON that came from senders. */
@NullMarked
package dev.resentry.model.json;

import org.jspecify.annotations.NullMarked;
