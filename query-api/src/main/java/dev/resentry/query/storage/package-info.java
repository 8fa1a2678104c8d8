/** How much disk the installation takes. */
@NullMarked
package dev.resentry.query.storage;

import org.jspecify.annotations.NullMarked;
