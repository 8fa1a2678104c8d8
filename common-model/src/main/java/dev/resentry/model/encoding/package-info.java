/** Content encodings, bounded: the only room in the repository that imports a compression library. */
@NullMarked
package dev.resentry.model.encoding;

import org.jspecify.annotations.NullMarked;
