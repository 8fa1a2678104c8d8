/** Secrets the installation made for itself. */
@NullMarked
package dev.resentry.storage.secret;

import org.jspecify.annotations.NullMarked;
