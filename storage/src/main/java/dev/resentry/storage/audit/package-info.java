/** What people changed. */
@NullMarked
package dev.resentry.storage.audit;

import org.jspecify.annotations.NullMarked;
