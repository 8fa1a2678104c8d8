/** Sends what others have decided to say: by mail, and to webhooks in the form that each understands. */
@NullMarked
package dev.resentry.processor.notification;

import org.jspecify.annotations.NullMarked;
