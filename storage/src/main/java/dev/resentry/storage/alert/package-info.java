/** Alert rules: what people write, when rules fired, and who is not told for a while. */
@NullMarked
package dev.resentry.storage.alert;

import org.jspecify.annotations.NullMarked;
