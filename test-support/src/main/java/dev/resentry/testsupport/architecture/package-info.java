/** The rules of the house, each with what to do instead. */
@NullMarked
package dev.resentry.testsupport.architecture;

import org.jspecify.annotations.NullMarked;
