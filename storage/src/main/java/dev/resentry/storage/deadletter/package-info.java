/** Records that nothing could be made of, kept with their reason. */
@NullMarked
package dev.resentry.storage.deadletter;

import org.jspecify.annotations.NullMarked;
