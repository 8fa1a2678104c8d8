/** Who a request says it is. */
@NullMarked
package dev.resentry.gateway.auth;

import org.jspecify.annotations.NullMarked;
