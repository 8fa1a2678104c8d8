/** Imports from another server: what is asked for, the sealed token, and what was brought over already. */
@NullMarked
package dev.resentry.storage.importing;

import org.jspecify.annotations.NullMarked;
