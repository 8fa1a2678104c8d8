/** The API of alert rules: what people write, what rules would have done and did, and who is not told for a while. */
@NullMarked
package dev.resentry.query.alert;

import org.jspecify.annotations.NullMarked;
