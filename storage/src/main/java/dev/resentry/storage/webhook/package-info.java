/** Programs that are told what happens, and alerts that other trackers send here. */
@NullMarked
package dev.resentry.storage.webhook;

import org.jspecify.annotations.NullMarked;
