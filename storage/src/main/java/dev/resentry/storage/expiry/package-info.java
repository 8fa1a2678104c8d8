/** Removes what is not kept any longer, and keeps out what arrives too late. */
@NullMarked
package dev.resentry.storage.expiry;

import org.jspecify.annotations.NullMarked;
