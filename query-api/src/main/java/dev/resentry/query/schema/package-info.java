/** What requests and answers say of their own shape, beyond their types. */
@NullMarked
package dev.resentry.query.schema;

import org.jspecify.annotations.NullMarked;
