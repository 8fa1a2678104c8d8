/** How large source maps may be, in every process that reads them. */
@NullMarked
package dev.resentry.service.sourcemap;

import org.jspecify.annotations.NullMarked;
