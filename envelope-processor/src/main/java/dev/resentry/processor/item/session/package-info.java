/** Sessions, which count for the health of releases. */
@NullMarked
package dev.resentry.processor.item.session;

import org.jspecify.annotations.NullMarked;
