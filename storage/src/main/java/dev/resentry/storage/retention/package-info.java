/** How long things are kept. */
@NullMarked
package dev.resentry.storage.retention;

import org.jspecify.annotations.NullMarked;
