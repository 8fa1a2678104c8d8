/** How much disk the database takes, and will take. */
@NullMarked
package dev.resentry.storage.disk;

import org.jspecify.annotations.NullMarked;
