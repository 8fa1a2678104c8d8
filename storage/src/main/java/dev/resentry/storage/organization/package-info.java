/** The one organization of an installation. */
@NullMarked
package dev.resentry.storage.organization;

import org.jspecify.annotations.NullMarked;
