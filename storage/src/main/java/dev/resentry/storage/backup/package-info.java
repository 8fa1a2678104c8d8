/** All that the database holds, read at one moment and brought back into an empty one. */
@NullMarked
package dev.resentry.storage.backup;

import org.jspecify.annotations.NullMarked;
