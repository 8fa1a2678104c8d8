/** What is committed and still has to be told on topic {@code events}. */
@NullMarked
package dev.resentry.storage.outbox;

import org.jspecify.annotations.NullMarked;
