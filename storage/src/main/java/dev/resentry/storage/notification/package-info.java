/** Of what people want to be told by mail, and whom it concerns. */
@NullMarked
package dev.resentry.storage.notification;

import org.jspecify.annotations.NullMarked;
