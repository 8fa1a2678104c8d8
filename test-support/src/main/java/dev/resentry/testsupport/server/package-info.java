/** Real servers, one of each for a test run. */
@NullMarked
package dev.resentry.testsupport.server;

import org.jspecify.annotations.NullMarked;
