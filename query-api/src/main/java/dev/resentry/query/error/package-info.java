/** How everything that goes wrong is answered. */
@NullMarked
package dev.resentry.query.error;

import org.jspecify.annotations.NullMarked;
