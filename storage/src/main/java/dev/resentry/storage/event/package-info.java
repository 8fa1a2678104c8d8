/** Reading events. */
@NullMarked
package dev.resentry.storage.event;

import org.jspecify.annotations.NullMarked;
