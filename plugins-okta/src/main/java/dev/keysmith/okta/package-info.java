/**
 * The identity provider plugin for Okta.
 *
 * <p>From the outside in: {@link dev.keysmith.okta.OktaProvider} answers the port; {@code
 * directory} and {@code factor} say what to ask of Okta; {@code http} sends it, and {@code
 * credential} proves to Okta who asks.
 */
@NullMarked
package dev.keysmith.okta;

import org.jspecify.annotations.NullMarked;
