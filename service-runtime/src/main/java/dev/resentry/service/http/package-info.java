/** HTTP to addresses that people have typed in: never to where only we should get. */
@NullMarked
package dev.resentry.service.http;

import org.jspecify.annotations.NullMarked;
