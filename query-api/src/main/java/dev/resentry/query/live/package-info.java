/** What happens, told to browsers as it happens. */
@NullMarked
package dev.resentry.query.live;

import org.jspecify.annotations.NullMarked;
