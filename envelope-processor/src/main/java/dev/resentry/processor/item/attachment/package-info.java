/** Files beside events, and those of native crashes. */
@NullMarked
package dev.resentry.processor.item.attachment;

import org.jspecify.annotations.NullMarked;
