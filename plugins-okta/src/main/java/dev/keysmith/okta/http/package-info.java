/** Sends requests to an org through the Okta SDK, with pacing, retries and errors in one place. */
@NullMarked
package dev.keysmith.okta.http;

import org.jspecify.annotations.NullMarked;
