/** Issues made one, and taken apart again. */
@NullMarked
package dev.resentry.storage.merge;

import org.jspecify.annotations.NullMarked;
