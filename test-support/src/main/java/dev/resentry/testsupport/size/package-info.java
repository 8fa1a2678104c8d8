/** How large tests are. */
@NullMarked
package dev.resentry.testsupport.size;

import org.jspecify.annotations.NullMarked;
